using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>What is stored of an instance: the key of its row, the row, the history in pieces (each the bytes of <c>WorkflowRequest.pastEvents</c>), the inbox.</summary>
internal sealed record StoredInstance(long Key, InstanceRow Row, List<byte[]> History, List<InboxEvent> Inbox);

/// <summary>The part of the row that changes. <paramref name="Due"/>: when the engine must look at the instance after a restart, in ticks; 0 at once, null never by itself.</summary>
internal readonly record struct InstanceRow(string? CustomStatus, long? Due);

/// <summary>What one write stores of an instance, and what may happen once it is on disk.</summary>
internal sealed record InstanceChanges(Instance Instance)
{
    /// <summary>Grows from write to write of an instance.</summary>
    public required long Number { get; init; }

    /// <summary>The instance was purged.</summary>
    public bool Delete { get; init; }

    /// <summary>A new run: what is stored of the one before goes first.</summary>
    public bool Reset { get; init; }

    /// <summary>The new row, or null if it is as before.</summary>
    public InstanceRow? Row { get; init; }
    public int FirstPiece { get; init; }
    public IReadOnlyList<byte[]> NewHistory { get; init; } = [];

    /// <summary>Inbox events up to this sequence number are done; null if none of them was stored.</summary>
    public long? InboxDoneTo { get; init; }
    public IReadOnlyList<InboxEvent> NewInbox { get; init; } = [];

    /// <summary>Events for other instances, stored in the same transaction.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];
    public required InstanceView View { get; init; }
    public TurnItem? Turn { get; init; }
    public IReadOnlyList<ActivityItem> Activities { get; init; } = [];

    /// <summary>When time itself has something to do here, in ticks; null never.</summary>
    public long? Alarm { get; init; }
}
