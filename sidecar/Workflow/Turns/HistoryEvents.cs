using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>
/// Makes history events: each is stamped with the time and has id -1 unless an action gave it one. What an action or a client of this app brought
/// about also names the app.
/// </summary>
internal sealed class HistoryEvents(string appId, TimeProvider clock)
{
    /// <summary>The app that the workflows belong to.</summary>
    public string AppId => appId;

    /// <summary>An event without a body and without an app.</summary>
    public HistoryEvent Plain() => new() { EventId = -1, Timestamp = Timestamp.FromDateTimeOffset(clock.GetUtcNow()) };

    /// <summary>An event without a body that names the app.</summary>
    public HistoryEvent Own(int eventId = -1)
    {
        var made = Plain();
        made.EventId = eventId;
        made.Router = new TaskRouter { SourceAppID = appId };
        return made;
    }

    /// <summary>The begin of a turn.</summary>
    public HistoryEvent TurnStarted()
    {
        var made = Plain();
        made.WorkflowStarted = new WorkflowStartedEvent();
        return made;
    }

    /// <summary>The begin of a run, under a fresh execution id.</summary>
    public HistoryEvent RunStarted(string instanceId, string name, string? input, ParentInstanceInfo? parent = null, string? version = null, Timestamp? scheduledStart = null)
    {
        var made = Own();
        made.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = name,
            Version = version,
            Input = input,
            WorkflowInstance = new WorkflowInstance { InstanceId = instanceId, ExecutionId = Guid.CreateVersion7(clock.GetUtcNow()).ToString() },
            ParentInstance = parent,
            ScheduledStartTimestamp = scheduledStart,
        };
        return made;
    }

    /// <summary>The end of a run.</summary>
    public HistoryEvent RunCompleted(int eventId, OrchestrationStatus status, string? result, TaskFailureDetails? failure = null)
    {
        var made = Own(eventId);
        made.ExecutionCompleted = new ExecutionCompletedEvent { WorkflowStatus = status, Result = result, FailureDetails = failure };
        return made;
    }

    /// <summary>A workflow cannot go on with the worker's code as it is.</summary>
    public HistoryEvent Stalled(StalledReason reason, string description)
    {
        var made = Plain();
        made.ExecutionStalled = new ExecutionStalledEvent { Reason = reason, Description = description };
        return made;
    }

    /// <summary>A client, or another workflow, raised an event.</summary>
    public HistoryEvent Raised(string name, string? input)
    {
        var made = Plain();
        made.EventRaised = new EventRaisedEvent { Name = name, Input = input };
        return made;
    }

    /// <summary>Somebody wants the workflow to end.</summary>
    public HistoryEvent Terminated(string? output, bool recurse)
    {
        var made = Plain();
        made.ExecutionTerminated = new ExecutionTerminatedEvent { Input = output, Recurse = recurse };
        return made;
    }

    /// <summary>Somebody wants the workflow to pause. No reason and an empty one are the same.</summary>
    public HistoryEvent Suspended(string? reason)
    {
        var made = Plain();
        made.ExecutionSuspended = new ExecutionSuspendedEvent { Input = string.IsNullOrEmpty(reason) ? null : reason };
        return made;
    }

    /// <summary>Somebody wants the workflow to go on after a pause.</summary>
    public HistoryEvent Resumed(string? reason)
    {
        var made = Plain();
        made.ExecutionResumed = new ExecutionResumedEvent { Input = string.IsNullOrEmpty(reason) ? null : reason };
        return made;
    }

    /// <summary>A timer fell due.</summary>
    public HistoryEvent TimerFired(int timerId, Timestamp? fireAt)
    {
        var made = Plain();
        made.TimerFired = new TimerFiredEvent { TimerId = timerId, FireAt = fireAt };
        return made;
    }

    /// <summary>A worker answered an activity. Failure details decide whether it failed, whatever the result.</summary>
    public HistoryEvent TaskAnswered(ActivityResponse response, string taskExecutionId)
    {
        var made = Own();
        if (response.FailureDetails is { } failure)
            made.TaskFailed = new TaskFailedEvent { TaskScheduledId = response.TaskId, FailureDetails = failure, TaskExecutionId = taskExecutionId };
        else
            made.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = response.TaskId, Result = response.Result, TaskExecutionId = taskExecutionId };
        return made;
    }

    /// <summary>What the parent of a run that ended is told; failure details may be absent (a terminated child has none).</summary>
    public HistoryEvent ChildEnded(ParentInstanceInfo parent, ExecutionCompletedEvent end)
    {
        var made = Own();
        made.Router.TargetAppID = parent.AppID;
        if (end.WorkflowStatus == OrchestrationStatus.Completed)
            made.ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = parent.TaskScheduledId, Result = end.Result };
        else
            made.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent { TaskScheduledId = parent.TaskScheduledId, FailureDetails = end.FailureDetails };
        return made;
    }

    /// <summary>What a parent is told whose child has the id of an instance that is not over.</summary>
    public HistoryEvent ChildRefused(int taskScheduledId, string errorType, string message)
    {
        var made = Plain();
        made.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent
        {
            TaskScheduledId = taskScheduledId,
            FailureDetails = new TaskFailureDetails { ErrorType = errorType, ErrorMessage = message },
        };
        return made;
    }
}
