using Dapr.DurableTask.Protobuf;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>An event that waits for the next turn. Sequence numbers only grow, also from run to run.</summary>
internal readonly record struct InboxEvent(long Sequence, HistoryEvent Event);

/// <summary>The events of an instance that wait for a turn, in the order in which they came, and which of them are on disk.</summary>
internal sealed class Inbox(List<InboxEvent> stored)
{
    private readonly List<InboxEvent> waiting = stored;
    private long onDisk = stored.Count > 0 ? stored[^1].Sequence : 0; // the last event that was put on disk
    private long offDisk = stored.Count > 0 ? stored[0].Sequence - 1 : 0; // the last that was taken off again

    /// <summary>The number of the last event that came.</summary>
    public long Last { get; private set; } = stored.Count > 0 ? stored[^1].Sequence : 0;

    public int Count => waiting.Count;
    public IEnumerable<HistoryEvent> Events => waiting.Select(entry => entry.Event);

    public HistoryEvent this[int index] => waiting[index].Event;

    public void Add(HistoryEvent happened) => waiting.Add(new InboxEvent(++Last, happened));

    /// <summary>A turn was done with all events up to this number.</summary>
    public void RemoveTo(long sequence) => waiting.RemoveAll(entry => entry.Sequence <= sequence);

    /// <summary>A new run begins, for which what is on disk is deleted.</summary>
    public void Clear()
    {
        waiting.Clear();
        onDisk = offDisk = Last;
    }

    /// <summary>What the disk does not know yet: up to which event all are done (null if it has none of them), and which are new.</summary>
    public (long? DoneTo, IReadOnlyList<InboxEvent> New) TakeChanges()
    {
        var done = waiting.Count > 0 ? waiting[0].Sequence - 1 : Last;
        var doneTo = Math.Min(done, onDisk) > offDisk ? done : (long?)null;
        var added = waiting.FindAll(entry => entry.Sequence > onDisk);
        if (doneTo is not null) offDisk = done;
        if (added.Count > 0) onDisk = added[^1].Sequence;
        return (doneTo, added);
    }
}
