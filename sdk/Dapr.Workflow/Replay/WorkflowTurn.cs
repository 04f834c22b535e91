using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;
using ActionCase = Dapr.DurableTask.Protobuf.WorkflowAction.WorkflowActionTypeOneofCase;
using EventCase = Dapr.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow.Replay;

/// <summary>
/// One turn of a workflow: its code runs from the start against the history, then against what is new. The answer is what the history does not have yet:
/// calls, or the end.
/// </summary>
internal sealed partial class WorkflowTurn
{
    private readonly WorkflowRequest request;
    private readonly IWorkflow workflow;
    private readonly IDaprSerializer serializer;
    private readonly ReplayContext context;
    private readonly TurnSynchronizationContext thread = new();
    private readonly List<HistoryEvent> held = [];
    private bool isSuspended;
    private ExecutionTerminatedEvent? termination;
    private Task<object?>? code;

    public WorkflowTurn(string name, WorkflowRequest request, IWorkflow workflow, IDaprSerializer serializer, ILoggerFactory loggers)
    {
        this.request = request;
        this.workflow = workflow;
        this.serializer = serializer;
        context = new ReplayContext(name, request, thread, serializer, loggers);
    }

    /// <summary>Runs the turn on the calling thread.</summary>
    public WorkflowResponse Run()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            foreach (var past in request.PastEvents)
                Apply(past);
            context.EndReplay();
            foreach (var added in request.NewEvents)
                Apply(added);
            return Answer(End());
        }
        catch (NonDeterminismException mismatch)
        {
            return Answer(Completion.Failed(mismatch), withCalls: false);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Apply(HistoryEvent e)
    {
        switch (e.EventTypeCase)
        {
            case EventCase.WorkflowStarted:
                context.SetTime(e.Timestamp.ToDateTime());
                break;
            case EventCase.ExecutionStarted:
                context.AppId = e.Router is { } router ? (router.HasTargetAppID ? router.TargetAppID : router.SourceAppID) : null;
                Start(e.ExecutionStarted.Input);
                break;
            case EventCase.TaskScheduled:
                context.Tasks.Confirm(e.EventId, ActionCase.ScheduleTask, e.TaskScheduled.Name);
                break;
            case EventCase.ChildWorkflowInstanceCreated:
                context.Tasks.Confirm(e.EventId, ActionCase.CreateChildWorkflow, e.ChildWorkflowInstanceCreated.Name);
                break;
            case EventCase.TimerCreated:
                context.Tasks.Confirm(e.EventId, ActionCase.CreateTimer, null);
                break;
            case EventCase.EventSent:
                context.Tasks.Confirm(e.EventId, ActionCase.SendEvent, e.EventSent.Name);
                break;
            case EventCase.ExecutionTerminated:
                termination ??= e.ExecutionTerminated;
                break;
            case EventCase.ExecutionSuspended:
                isSuspended = true;
                break;
            case EventCase.ExecutionResumed:
                isSuspended = false;
                held.ForEach(Deliver);
                held.Clear();
                break;
            default:
                if (isSuspended)
                    held.Add(e);
                else
                    Deliver(e);
                break;
        }
    }

    private void Start(string? input)
    {
        try
        {
            code = workflow.RunAsync(context, serializer.Deserialize(input, workflow.InputType));
        }
        catch (Exception failure)
        {
            code = Task.FromException<object?>(failure);
        }

        thread.Drain();
    }

    /// <summary>Hands a result or an event to the code, which runs on to its next wait.</summary>
    private void Deliver(HistoryEvent e)
    {
        if (termination is not null)
            return;

        switch (e.EventTypeCase)
        {
            case EventCase.TaskCompleted:
                context.Tasks.Confirmed(e.TaskCompleted.TaskScheduledId)?.Complete(e.TaskCompleted.Result);
                break;
            case EventCase.TaskFailed:
                context.Tasks.Confirmed(e.TaskFailed.TaskScheduledId)?.Fail(e.TaskFailed.FailureDetails);
                break;
            case EventCase.ChildWorkflowInstanceCompleted:
                context.Tasks.Confirmed(e.ChildWorkflowInstanceCompleted.TaskScheduledId)?.Complete(e.ChildWorkflowInstanceCompleted.Result);
                break;
            case EventCase.ChildWorkflowInstanceFailed:
                context.Tasks.Confirmed(e.ChildWorkflowInstanceFailed.TaskScheduledId)?.Fail(e.ChildWorkflowInstanceFailed.FailureDetails);
                break;
            case EventCase.TimerFired:
                context.Tasks.Confirmed(e.TimerFired.TimerId)?.Complete(null);
                break;
            case EventCase.EventRaised:
                context.Events.Raise(e);
                break;
        }

        thread.Drain();
    }
}
