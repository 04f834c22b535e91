extern alias workflow;
using Dapr.Common.Serialization;
using Dapr.Workflow;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using workflow::Dapr.DurableTask.Protobuf;
using workflow::Dapr.Workflow.Registration;
using workflow::Dapr.Workflow.Replay;

namespace Resort.Tests.Sdk.Workflow.Replay;

/// <summary>
/// One instance and what an engine does with it: each call is a turn, which gets the whole history, and whose actions become history.
/// The clock stands at noon and goes on a minute with each turn.
/// </summary>
internal sealed class ReplayedInstance(IWorkflow workflow, string id = "i1", string? executionId = null, ILoggerFactory? loggers = null)
{
    public static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<HistoryEvent> history = [];
    private IWorkflow code = workflow;
    private DateTime now = Noon.AddMinutes(-1);

    public IReadOnlyList<HistoryEvent> History => history;

    public static ReplayedInstance Of<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> code) => new(new DelegateWorkflow<TInput, TOutput>(code));

    public static ReplayedInstance Of<TOutput>(Func<WorkflowContext, Task<TOutput>> code) => Of<object?, TOutput>((context, _) => code(context));

    /// <summary>The same instance with other code from now on.</summary>
    public ReplayedInstance Deploy<TOutput>(Func<WorkflowContext, Task<TOutput>> changed)
    {
        code = new DelegateWorkflow<object?, TOutput>((context, _) => changed(context));
        return this;
    }

    public Answer Start(string input = "", TaskRouter? router = null) => Turn(Started(input, router));

    public Answer Complete(int taskId, string result) =>
        Turn(new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = taskId, Result = result } });

    public Answer Fail(int taskId, string message = "no") =>
        Turn(new HistoryEvent { TaskFailed = new TaskFailedEvent { TaskScheduledId = taskId, FailureDetails = Details(message) } });

    public Answer CompleteChild(int taskId, string result) => Turn(new HistoryEvent
    {
        ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = taskId, Result = result },
    });

    /// <param name="taskId">The id of the call.</param>
    /// <param name="message">Why the child failed; null when it was terminated.</param>
    public Answer FailChild(int taskId, string? message) => Turn(new HistoryEvent
    {
        ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent
        {
            TaskScheduledId = taskId,
            FailureDetails = message is null ? null : Details(message),
        },
    });

    public Answer Fire(int timerId) => Turn(new HistoryEvent { TimerFired = new TimerFiredEvent { TimerId = timerId } });

    public Answer Raise(string name, string input = "") => Turn(Raised(name, input));

    public Answer Suspend() => Turn(new HistoryEvent { ExecutionSuspended = new ExecutionSuspendedEvent() });

    public Answer Resume() => Turn(new HistoryEvent { ExecutionResumed = new ExecutionResumedEvent() });

    public Answer Terminate(string? output) => Turn(new HistoryEvent { ExecutionTerminated = new ExecutionTerminatedEvent { Input = output } });

    /// <summary>One turn with these events.</summary>
    public Answer Turn(params HistoryEvent[] events)
    {
        now = now.AddMinutes(1);
        var request = new WorkflowRequest { InstanceId = id, ExecutionId = executionId, PastEvents = { history } };
        request.NewEvents.Add(new HistoryEvent { EventId = -1, Timestamp = Timestamp.FromDateTime(now), WorkflowStarted = new WorkflowStartedEvent() });
        request.NewEvents.AddRange(events);
        var response = new WorkflowTurn("Saga", request, code, new JsonDaprSerializer(), loggers ?? NullLoggerFactory.Instance).Run();

        if (response.Version is { } version)
            request.NewEvents[0].WorkflowStarted.Version = new WorkflowVersion { Patches = { version.Patches } };
        history.AddRange(request.NewEvents);
        history.AddRange(response.Actions.Select(EventOf).OfType<HistoryEvent>());
        return new Answer(response);
    }

    /// <summary>Puts an event into the history as if an earlier turn had led to it.</summary>
    public void Record(HistoryEvent past) => history.Add(past);

    public static HistoryEvent Started(string input, TaskRouter? router = null) => new()
    {
        EventId = -1,
        ExecutionStarted = new ExecutionStartedEvent { Name = "Saga", Input = input },
        Router = router,
    };

    public static HistoryEvent Raised(string name, string input = "") => new()
    {
        EventId = -1,
        EventRaised = new EventRaisedEvent { Name = name, Input = input },
    };

    private static TaskFailureDetails Details(string message) => new() { ErrorType = "System.TimeoutException", ErrorMessage = message };

    private static HistoryEvent? EventOf(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask =>
            new() { EventId = action.Id, TaskScheduled = new TaskScheduledEvent { Name = action.ScheduleTask.Name } },
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer =>
            new() { EventId = action.Id, TimerCreated = new TimerCreatedEvent { FireAt = action.CreateTimer.FireAt } },
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow =>
            new() { EventId = action.Id, ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent { Name = action.CreateChildWorkflow.Name } },
        WorkflowAction.WorkflowActionTypeOneofCase.SendEvent =>
            new() { EventId = action.Id, EventSent = new EventSentEvent { Name = action.SendEvent.Name } },
        _ => null,
    };
}
