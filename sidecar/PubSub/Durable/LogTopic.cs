using System.Collections.Immutable;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// A topic of a message log. A message's id is the topic's number in the upper bits and its place in the topic in the lower 40: so a topic's
/// messages lie together in the table's one tree, in order, and no index is needed.
/// </summary>
internal sealed class LogTopic(int number, string name, long last, bool isStored)
{
    public const long LargestSequence = (1L << SequenceBits) - 1;
    private const int SequenceBits = 40;
    private ImmutableArray<ConsumerGroup> groups = [];
    private long next = last + 1;
    private long committed = last;

    public int Number => number;
    public string Name => name;

    /// <summary>Whether the topic's row is on disk. Used on the writer thread.</summary>
    public bool IsStored { get; private set; } = isStored;

    /// <summary>All groups that have ever subscribed.</summary>
    public ImmutableArray<ConsumerGroup> Groups => groups;

    /// <summary>The last message that is on disk.</summary>
    public long Last => Volatile.Read(ref committed);

    /// <summary>Up to here messages have been deleted. Used on the writer thread.</summary>
    public long DeletedTo { get; set; }

    public static long SequenceOf(long id) => id & LargestSequence;

    public static long IdOf(int number, long sequence) => ((long)number << SequenceBits) | sequence;

    public long IdOf(long sequence) => IdOf(number, sequence);

    /// <summary>The place of the next message. Used on the writer thread; a place whose write is undone stays empty.</summary>
    public long Next() => next++;

    public void Stored() => IsStored = true;

    /// <summary>A message is on disk: hands it to all groups.</summary>
    public void Committed(long sequence, Message message)
    {
        var previous = committed;
        Volatile.Write(ref committed, sequence);
        foreach (var group in groups) group.Published(sequence, message, previous);
    }

    /// <summary>The group of a name; made at its first subscription, with the progress given.</summary>
    public ConsumerGroup Group(string consumer, Func<ConsumerGroup> create)
    {
        if (groups.FirstOrDefault(group => group.Name == consumer) is { } known) return known;
        var group = create();
        groups = groups.Add(group);
        return group;
    }
}
