using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Components;
using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>What every instance needs of its engine.</summary>
internal sealed class EngineParts(HistoryEvents make, WorkQueue work, TimeProvider clock, WorkflowSettings settings, Action<string> stalled)
{
    private long lastRun;

    public HistoryEvents Make => make;
    public WorkQueue Work => work;
    public TimeProvider Clock => clock;

    /// <summary>Told the id of an instance that waits for another worker's code.</summary>
    public Action<string> Stalled => stalled;

    /// <summary>A number for a new run; no other run of this engine has it.</summary>
    public long NextRun() => Interlocked.Increment(ref lastRun);

    /// <summary>How long a finished instance is kept; null for ever.</summary>
    public TimeSpan? Keep(OrchestrationStatus status) => status switch
    {
        OrchestrationStatus.Completed => settings.KeepCompleted ?? settings.KeepAnyTerminal,
        OrchestrationStatus.Failed => settings.KeepFailed ?? settings.KeepAnyTerminal,
        OrchestrationStatus.Terminated => settings.KeepTerminated ?? settings.KeepAnyTerminal,
        _ => settings.KeepAnyTerminal,
    };
}
