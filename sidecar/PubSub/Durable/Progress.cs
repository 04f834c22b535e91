using System.Globalization;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// What a group has handled of a topic: everything up to a position except what is still open below it. Both are written with some other commit
/// a moment later, never per message: after a crash a group gets again what it handled in that moment, and nothing else, however long a
/// single message may have been failing. Used under the group's lock.
/// </summary>
internal sealed class Progress
{
    private readonly SortedSet<long> open;
    private readonly HashSet<long> unread;
    private long position;

    /// <summary>Progress as it was written; a new group begins at 0 with nothing open, which is the oldest message that is still there.</summary>
    public Progress(long position, string open)
    {
        this.position = position;
        this.open = [.. open.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        unread = [.. this.open];
        Read = LowWater;
    }

    /// <summary>How far the topic has been read.</summary>
    public long Read { get; private set; }

    /// <summary>Up to here everything is handled.</summary>
    public long LowWater => open.Count > 0 ? open.Min - 1 : Math.Max(position, Read);

    /// <summary>Takes note of a message that was read or just published; false if it was handled before.</summary>
    public bool Take(long sequence)
    {
        if (sequence <= position && !unread.Remove(sequence)) return false;
        open.Add(sequence);
        return true;
    }

    /// <summary>The topic has been read up to here. What was open and is not there any more has outlived its retention.</summary>
    public void ReadTo(long sequence)
    {
        Read = sequence;
        if (unread.Count == 0) return;
        open.RemoveWhere(number => number <= sequence && unread.Contains(number));
        unread.RemoveWhere(number => number <= sequence);
    }

    public void Handled(long sequence)
    {
        open.Remove(sequence);
        position = Math.Max(position, sequence);
    }

    /// <summary>What is to be written.</summary>
    public (long Position, string Open) Snapshot() => open.Count == 0 ? (LowWater, "") : (position, string.Join(',', open.TakeWhile(number => number < position)));
}
