using Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>What a test's worker answers: the actions of a turn, from its whole history, and the result of an activity.</summary>
/// <param name="Workflow">Actions that the history knows already are left out by the worker.</param>
/// <param name="Activity">Null means no answer. By default an activity answers with its name.</param>
internal sealed record Script(Func<Past, IEnumerable<WorkflowAction>> Workflow, Func<ActivityRequest, string?>? Activity = null)
{
    /// <summary>Custom status of every turn.</summary>
    public string? Status { get; init; }

    public static WorkflowAction Task(int id, string name = "A", string? input = null) => new() { Id = id, ScheduleTask = new ScheduleTaskAction { Name = name, Input = input } };

    public static WorkflowAction Timer(int id, DateTimeOffset at, string? eventName = null)
    {
        var timer = new CreateTimerAction { FireAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(at) };
        if (eventName is not null) timer.ExternalEvent = new TimerOriginExternalEvent { Name = eventName };
        return new WorkflowAction { Id = id, CreateTimer = timer };
    }

    public static WorkflowAction Child(int id, string name, string instanceId = "", string? input = null) =>
        new() { Id = id, CreateChildWorkflow = new CreateChildWorkflowAction { Name = name, InstanceId = instanceId, Input = input } };

    public static WorkflowAction Complete(int id, string? result = null, OrchestrationStatus status = OrchestrationStatus.Completed) =>
        new() { Id = id, CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = status, Result = result } };

    public static WorkflowAction ContinueAsNew(int id, string? input) => Complete(id, input, OrchestrationStatus.ContinuedAsNew);
}

/// <summary>The history as a workflow sees it: past and new events of a turn.</summary>
internal sealed record Past(string InstanceId, IReadOnlyList<HistoryEvent> Events)
{
    public string Name => Started.Name;
    public string? Input => Started.Input;
    public bool IsTerminated => Events.Any(happened => happened.ExecutionTerminated is not null);
    private ExecutionStartedEvent Started => Events.First(happened => happened.ExecutionStarted is not null).ExecutionStarted;

    /// <summary>The result of an activity or child, or the message of its failure; null while it is open.</summary>
    public string? Result(int id) => Events.Select(happened =>
        happened.TaskCompleted is { } task && task.TaskScheduledId == id ? task.Result ?? ""
        : happened.TaskFailed is { } failed && failed.TaskScheduledId == id ? failed.FailureDetails.ErrorMessage
        : happened.ChildWorkflowInstanceCompleted is { } child && child.TaskScheduledId == id ? child.Result ?? ""
        : happened.ChildWorkflowInstanceFailed is { } lost && lost.TaskScheduledId == id ? lost.FailureDetails?.ErrorMessage ?? "" : null).FirstOrDefault(result => result is not null);

    public bool Fired(int id) => Events.Any(happened => happened.TimerFired?.TimerId == id && happened.TimerFired is not null);

    public bool Raised(string name) => Events.Any(happened => happened.EventRaised?.Name == name);

    /// <summary>Whether the history has what an action asks for.</summary>
    public bool Has(int actionId) => Events.Any(happened => happened.EventId == actionId && happened.EventTypeCase is
        HistoryEvent.EventTypeOneofCase.TaskScheduled or HistoryEvent.EventTypeOneofCase.TimerCreated or HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated);
}
