using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>
/// What the history of one run says: its status, and what was asked for and is not answered yet. Events are applied in the order of the history,
/// when they happen and again when an instance is loaded, so that memory and disk cannot disagree.
/// </summary>
internal sealed class WorkflowRun
{
    private readonly Dictionary<int, TaskScheduledEvent?> tasks = [];  // null: answered
    private readonly Dictionary<int, TimerCreatedEvent?> timers = [];  // null: fired or withdrawn
    private readonly Dictionary<int, ChildLink> children = [];
    private bool suspended;

    public ExecutionStartedEvent? Started { get; private set; }
    public ExecutionCompletedEvent? Completed { get; private set; }

    /// <summary>When <see cref="Started"/> was stamped.</summary>
    public Timestamp? CreatedAt { get; private set; }
    public Timestamp? FirstEventAt { get; private set; }
    public Timestamp? LastEventAt { get; private set; }

    /// <summary>Patches in the order in which turns named them.</summary>
    public List<string> Patches { get; } = [];
    public string? Version { get; private set; }

    /// <summary>The marker that ends the history of a stalled run.</summary>
    public ExecutionStalledEvent? Stall { get; private set; }

    /// <summary>Children of this run, ended or not.</summary>
    public IEnumerable<ChildLink> Children => children.Values;
    public IEnumerable<KeyValuePair<int, TaskScheduledEvent>> OpenTasks => tasks.Where(task => task.Value is not null)!;
    public IEnumerable<KeyValuePair<int, TimerCreatedEvent>> OpenTimers => timers.Where(timer => timer.Value is not null)!;

    public OrchestrationStatus Status =>
        Stall is not null ? OrchestrationStatus.Stalled
        : Started is null ? OrchestrationStatus.Pending
        : Completed is not null ? Completed.WorkflowStatus
        : suspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running;

    /// <summary>Whether the run is over: completed, failed, terminated or cancelled.</summary>
    public bool IsOver => Completed is not null;

    public TaskScheduledEvent? OpenTask(int id) => tasks.GetValueOrDefault(id);

    /// <summary>Whether the parent still waits for the end of a child.</summary>
    public bool IsOpenChild(int id) => children.TryGetValue(id, out var child) && child.IsOpen;

    /// <summary>Whether an action of the same kind had this id before, or the run has been completed before.</summary>
    public bool Knows(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => tasks.ContainsKey(action.Id),
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => timers.ContainsKey(action.Id),
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => children.ContainsKey(action.Id),
        WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow => IsOver,
        _ => false,
    };

    /// <summary>Whether an event may enter the history: answers only to what is open in this run.</summary>
    public bool Accepts(HistoryEvent happened) => happened.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.TaskCompleted => OpenTask(happened.TaskCompleted.TaskScheduledId) is not null,
        HistoryEvent.EventTypeOneofCase.TaskFailed => OpenTask(happened.TaskFailed.TaskScheduledId) is not null,
        HistoryEvent.EventTypeOneofCase.TimerFired => timers.GetValueOrDefault(happened.TimerFired.TimerId) is not null,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted => IsOpenChild(happened.ChildWorkflowInstanceCompleted.TaskScheduledId),
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed => IsOpenChild(happened.ChildWorkflowInstanceFailed.TaskScheduledId),
        HistoryEvent.EventTypeOneofCase.ExecutionStarted => Started is null,
        _ => true,
    };

    public void Apply(HistoryEvent happened)
    {
        FirstEventAt ??= happened.Timestamp;
        LastEventAt = happened.Timestamp;
        Stall = happened.ExecutionStalled;
        switch (happened.EventTypeCase)
        {
            case HistoryEvent.EventTypeOneofCase.ExecutionStarted:
                Started = happened.ExecutionStarted;
                CreatedAt = happened.Timestamp;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionCompleted: Completed = happened.ExecutionCompleted; break;
            case HistoryEvent.EventTypeOneofCase.WorkflowStarted when happened.WorkflowStarted.Version is { } version:
                Patches.AddRange(version.Patches);
                if (version.HasName) Version ??= version.Name;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionSuspended: suspended = true; break;
            case HistoryEvent.EventTypeOneofCase.ExecutionResumed: suspended = false; break;
            case HistoryEvent.EventTypeOneofCase.EventRaised: WithdrawTimerOf(happened.EventRaised.Name); break;
            case HistoryEvent.EventTypeOneofCase.TaskScheduled: tasks[happened.EventId] = happened.TaskScheduled; break;
            case HistoryEvent.EventTypeOneofCase.TaskCompleted: tasks[happened.TaskCompleted.TaskScheduledId] = null; break;
            case HistoryEvent.EventTypeOneofCase.TaskFailed: tasks[happened.TaskFailed.TaskScheduledId] = null; break;
            case HistoryEvent.EventTypeOneofCase.TimerCreated: timers[happened.EventId] = happened.TimerCreated; break;
            case HistoryEvent.EventTypeOneofCase.TimerFired: timers[happened.TimerFired.TimerId] = null; break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated: children[happened.EventId] = new ChildLink(happened.ChildWorkflowInstanceCreated.InstanceId, true); break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted: CloseChild(happened.ChildWorkflowInstanceCompleted.TaskScheduledId); break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed: CloseChild(happened.ChildWorkflowInstanceFailed.TaskScheduledId); break;
        }
    }

    /// <summary>The deadline of a wait for an event is of no more use when the event has come; of several, the oldest is meant.</summary>
    private void WithdrawTimerOf(string eventName)
    {
        foreach (var (id, timer) in timers)
            if (timer?.ExternalEvent?.Name.Equals(eventName, StringComparison.OrdinalIgnoreCase) == true)
            {
                timers[id] = null;
                return;
            }
    }

    private void CloseChild(int id) => children[id] = children[id] with { IsOpen = false };
}

/// <summary>A child of a run, and whether the parent still waits for its end.</summary>
internal readonly record struct ChildLink(string InstanceId, bool IsOpen);
