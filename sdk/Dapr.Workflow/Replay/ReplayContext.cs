using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Replay;

/// <summary>
/// The context of one turn: what the code asks for is numbered and kept; <see cref="WorkflowTurn"/> compares it with the history and answers it.
/// </summary>
internal sealed partial class ReplayContext(
    string name,
    WorkflowRequest request,
    TurnSynchronizationContext turn,
    IDaprSerializer serializer,
    ILoggerFactory loggers) : WorkflowContext
{
    private readonly DeterministicIds ids = new(request.InstanceId, request.ExecutionId);
    private DateTime now;
    private bool isReplaying = true;

    public override string Name { get; } = name;

    public override string InstanceId { get; } = request.InstanceId;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => isReplaying;

    public ScheduledTasks Tasks { get; } = new(name, request.InstanceId);

    public ExternalEvents Events { get; } = new();

    public Patches Patches { get; } = new(request.PastEvents);

    /// <summary>Whether a call, a timer or an event of this context can still wake the code.</summary>
    public bool IsAwaited => Tasks.AnyOpen || Events.AnyOpenWait;

    /// <summary>The app that runs this workflow, if the sidecar said so.</summary>
    public string? AppId { get; set; }

    /// <summary>The serialized status, null when none was set.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>With what to start anew when the code returns; null: not at all.</summary>
    public (string Input, bool KeepEvents)? Continuation { get; private set; }

    public void SetTime(DateTime time) => now = time;

    public void EndReplay() => isReplaying = false;

    public override bool IsPatched(string patchName)
    {
        ArgumentException.ThrowIfNullOrEmpty(patchName);
        turn.Verify();
        return Patches.IsTaken(patchName, isReplaying);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        turn.Verify();
        CustomStatus = Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        turn.Verify();
        Continuation = (Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        turn.Verify();
        return ids.NewGuid();
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(loggers.CreateLogger<T>(), this);

    private ScheduledTask Schedule(WorkflowAction action, bool isOptionalTimer = false)
    {
        turn.Verify();
        return Tasks.Add(action, isOptionalTimer);
    }

    private string Serialize(object? value) => serializer.Serialize(value, null);
}
