using Dapr.DurableTask.Protobuf;
using ActionCase = Dapr.DurableTask.Protobuf.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>
/// One turn of a workflow: its new events and what the worker answered become history, a next run, or a stall. No I/O: what the actions ask
/// for happens only after the result is on disk.
/// </summary>
internal sealed class Turn(HistoryEvents make, string instanceId, WorkflowRun run, IReadOnlyList<HistoryEvent> newEvents, WorkflowResponse response)
{
    private readonly List<HistoryEvent> history = [];
    private readonly List<Message> messages = [];

    /// <summary>Applies the turn; the run then stands behind it, unless the result is a next run, which starts from nothing.</summary>
    public TurnResult Apply()
    {
        if (Stall() is { } stall) return TurnResult.Stalled(stall);
        var completion = response.Actions.FirstOrDefault(action => action.WorkflowActionTypeCase == ActionCase.CompleteWorkflow);
        var continues = completion?.CompleteWorkflow.WorkflowStatus == OrchestrationStatus.ContinuedAsNew;
        var termination = newEvents.FirstOrDefault(happened => happened.ExecutionTerminated is not null)?.ExecutionTerminated;
        if (continues && termination is null) return NextRun(completion!.CompleteWorkflow);

        StampVersion();
        foreach (var happened in newEvents.Where(run.Accepts)) Add(happened);
        if (termination is not null && (completion is null || continues)) Add(make.RunCompleted(-1, OrchestrationStatus.Terminated, termination.Input));
        else if (response.Actions.Select(NotServed).FirstOrDefault(failure => failure is not null) is { } failure) Add(make.RunCompleted(-1, OrchestrationStatus.Failed, null, failure));
        else foreach (var action in response.Actions) Perform(action);
        if (run.Completed is { } end) TellOthers(end, termination);
        return new TurnResult(history, null, null, response.CustomStatus, messages);
    }

    private void Add(HistoryEvent happened)
    {
        run.Apply(happened);
        history.Add(happened);
    }

    /// <summary>The first completion counts, and of the actions of one kind with the same id the first.</summary>
    private void Perform(WorkflowAction action)
    {
        if (run.Knows(action)) return;
        switch (action.WorkflowActionTypeCase)
        {
            case ActionCase.ScheduleTask: Add(make.TaskScheduled(action)); break;
            case ActionCase.CreateTimer: Add(make.TimerCreated(action)); break;
            case ActionCase.CreateChildWorkflow:
                var created = make.ChildCreated(action, instanceId);
                Add(created);
                messages.Add(new Message(created.ChildWorkflowInstanceCreated.InstanceId, make.ChildStarted(created, instanceId, run.Started!)));
                break;
            case ActionCase.CompleteWorkflow:
                var end = action.CompleteWorkflow;
                if (end.WorkflowStatus != OrchestrationStatus.ContinuedAsNew) Add(make.RunCompleted(action.Id, end.WorkflowStatus, end.Result, end.FailureDetails));
                break;
            case ActionCase.SendEvent:
                var sent = make.EventSent(action);
                Add(sent);
                messages.Add(new Message(sent.EventSent.InstanceId, make.Raised(action.SendEvent.Name, action.SendEvent.Data)));
                break;
            case ActionCase.TerminateWorkflow:
                messages.Add(new Message(action.TerminateWorkflow.InstanceId, make.Terminated(action.TerminateWorkflow.Reason, action.TerminateWorkflow.Recurse)));
                break;
            case ActionCase.CreateDetachedWorkflow:
                var detached = action.CreateDetachedWorkflow;
                Add(make.DetachedCreated(action));
                messages.Add(new Message(detached.InstanceId, make.RunStarted(detached.InstanceId, detached.Name, detached.Input, version: detached.Version, scheduledStart: detached.ScheduledStartTimestamp)));
                break;
        }
    }

    /// <summary>Everything so far is forgotten, other actions of this answer too; only the events that the workflow carries over go on.</summary>
    private TurnResult NextRun(CompleteWorkflowAction continuation)
    {
        var before = run.Started ?? newEvents.First(happened => happened.ExecutionStarted is not null).ExecutionStarted;
        var turn = make.Own();
        turn.WorkflowStarted = new WorkflowStartedEvent();
        return new TurnResult(null, [turn, make.RunStarted(instanceId, before.Name, continuation.Result, before.ParentInstance), .. continuation.CarryoverEvents], null, response.CustomStatus, []);
    }

    /// <summary>The parent learns the outcome; a recursive termination goes on to the children that are still open.</summary>
    private void TellOthers(ExecutionCompletedEvent end, ExecutionTerminatedEvent? termination)
    {
        if (run.Started?.ParentInstance is { } parent) messages.Add(new Message(parent.WorkflowInstance.InstanceId, make.ChildEnded(parent, end)));
        if (termination?.Recurse != true) return;
        foreach (var child in run.Children.Where(child => child.IsOpen)) messages.Add(new Message(child.InstanceId, make.Terminated(termination.Input, recurse: true)));
    }

    /// <summary>A worker whose code cannot continue this history: without the version, or with patches that are not a continuation of those taken before.</summary>
    private HistoryEvent? Stall()
    {
        if (response.Actions.Any(action => action.WorkflowActionTypeCase == ActionCase.WorkflowVersionNotAvailable)) return make.Stalled(StalledReason.VersionNotAvailable, "Version not available: ");
        if (response.Version is not { } version || version.Patches.Take(run.Patches.Count).SequenceEqual(run.Patches)) return null;
        return make.Stalled(StalledReason.PatchMismatch, $"Patch mismatch. History patches: [{string.Join(", ", run.Patches)}], current patches: [{string.Join(", ", version.Patches)}]. ");
    }

    /// <summary>The turn keeps the patches that are new with it; the name of the version only if there are no patches at all, as in Dapr.</summary>
    private void StampVersion()
    {
        if (response.Version is not { } version || newEvents[0].WorkflowStarted is not { } started) return;
        if (version.Patches.Count > run.Patches.Count) started.Version = new WorkflowVersion { Patches = { version.Patches.Skip(run.Patches.Count) } };
        else if (version.Patches.Count == 0 && version.HasName) started.Version = new WorkflowVersion { Name = version.Name };
    }

    /// <summary>What cannot be done fails the workflow, rather than being done by halves: an unknown action, or one for another app.</summary>
    private TaskFailureDetails? NotServed(WorkflowAction action)
    {
        if (action.WorkflowActionTypeCase == ActionCase.None) return Failure($"action {action.Id} is of a kind that this sidecar does not know");
        return action.Router?.TargetAppID is { Length: > 0 } target && target != make.AppId ? Failure($"action {action.Id} is for app '{target}'; the embedded sidecar keeps a workflow in its own app") : null;

        static TaskFailureDetails Failure(string message) => new() { ErrorType = "WorkflowActionNotServed", ErrorMessage = message };
    }
}
