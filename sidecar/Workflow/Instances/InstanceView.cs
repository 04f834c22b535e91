using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Workflow.Turns;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>What clients see of an instance: its state as it is on disk.</summary>
internal sealed record InstanceView
{
    private static readonly Timestamp yearOne = Timestamp.FromDateTime(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc));

    public required string InstanceId { get; init; }
    public bool Exists { get; init; }

    /// <summary>Grows with every run of the id: by reuse, by continue-as-new, and when it is purged.</summary>
    public long Run { get; init; }

    /// <summary>How many turns were answered since the instance was loaded.</summary>
    public long TurnsDone { get; init; }
    public OrchestrationStatus Status { get; init; }
    public bool IsOver { get; init; }
    public ExecutionStartedEvent? Started { get; init; }
    public ExecutionCompletedEvent? Completed { get; init; }
    public string? CustomStatus { get; init; }
    public string? Version { get; init; }

    /// <summary>When it was created; before the first turn that and <see cref="UpdatedAt"/> are the year one, as in Dapr.</summary>
    public Timestamp CreatedAt { get; init; } = yearOne;
    public Timestamp UpdatedAt { get; init; } = yearOne;
    public Timestamp? StartedAt { get; init; }

    /// <summary>Whether the first turn of this or an earlier run is done.</summary>
    public bool HasBegun => Exists && Status != OrchestrationStatus.Pending;

    public static InstanceView Of(string instanceId, long runNumber, long turnsDone, WorkflowRun run, string? customStatus) => new()
    {
        InstanceId = instanceId,
        Exists = true,
        Run = runNumber,
        TurnsDone = turnsDone,
        Status = run.Status,
        IsOver = run.IsOver,
        Started = run.Started,
        Completed = run.Completed,
        CustomStatus = customStatus,
        Version = run.Version,
        CreatedAt = run.CreatedAt ?? yearOne,
        UpdatedAt = run is { CreatedAt: not null, LastEventAt: { } last } ? last : yearOne,
        StartedAt = run.FirstEventAt,
    };
}
