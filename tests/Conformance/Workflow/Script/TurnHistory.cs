using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Dapr.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>What a workflow knows in a turn, from the events of its whole history.</summary>
internal sealed class TurnHistory
{
    private readonly HashSet<int> confirmed = [];
    private readonly Dictionary<int, Answer> activities = [];
    private readonly Dictionary<int, Answer> children = [];
    private readonly HashSet<int> timers = [];
    private readonly Dictionary<string, List<string>> raised = [];

    public TurnHistory(WorkflowRequest turn)
    {
        InstanceId = turn.InstanceId;
        foreach (var happened in turn.PastEvents.Concat(turn.NewEvents)) Add(happened);
    }

    public string InstanceId { get; }
    public string? Input { get; private set; }

    /// <summary>How many turns have begun, this one too.</summary>
    public int Turns { get; private set; }

    /// <summary>When this turn began.</summary>
    public Timestamp Now { get; private set; } = new();
    public bool IsSuspended { get; private set; }

    /// <summary>The termination, if there was one.</summary>
    public ExecutionTerminatedEvent? Terminated { get; private set; }

    /// <summary>Whether the engine has taken the action of an id.</summary>
    public bool IsConfirmed(int actionId) => confirmed.Contains(actionId);
    public Answer? Activity(int id) => activities.GetValueOrDefault(id);
    public Answer? Child(int id) => children.GetValueOrDefault(id);
    public bool Fired(int timerId) => timers.Contains(timerId);

    /// <summary>The inputs of the raised events of a name, in order.</summary>
    public IReadOnlyList<string> Raised(string name) => raised.GetValueOrDefault(name, []);

    private void Add(HistoryEvent happened)
    {
        switch (happened.EventTypeCase)
        {
            case Kind.TaskScheduled or Kind.TimerCreated or Kind.ChildWorkflowInstanceCreated or Kind.EventSent or Kind.DetachedWorkflowInstanceCreated:
                confirmed.Add(happened.EventId);
                break;
            case Kind.WorkflowStarted:
                Turns++;
                Now = happened.Timestamp;
                break;
            case Kind.ExecutionStarted:
                Input = happened.ExecutionStarted.Input;
                break;
            case Kind.TaskCompleted:
                activities[happened.TaskCompleted.TaskScheduledId] = new Answer(true, happened.TaskCompleted.Result);
                break;
            case Kind.TaskFailed:
                activities[happened.TaskFailed.TaskScheduledId] = new Answer(false, happened.TaskFailed.FailureDetails?.ErrorMessage);
                break;
            case Kind.ChildWorkflowInstanceCompleted:
                children[happened.ChildWorkflowInstanceCompleted.TaskScheduledId] = new Answer(true, happened.ChildWorkflowInstanceCompleted.Result);
                break;
            case Kind.ChildWorkflowInstanceFailed:
                children[happened.ChildWorkflowInstanceFailed.TaskScheduledId] = new Answer(false, happened.ChildWorkflowInstanceFailed.FailureDetails?.ErrorMessage);
                break;
            case Kind.TimerFired:
                timers.Add(happened.TimerFired.TimerId);
                break;
            case Kind.EventRaised:
                if (!raised.TryGetValue(happened.EventRaised.Name, out var inputs)) raised[happened.EventRaised.Name] = inputs = [];
                inputs.Add(happened.EventRaised.Input ?? "");
                break;
            case Kind.ExecutionTerminated:
                Terminated = happened.ExecutionTerminated;
                break;
            case Kind.ExecutionSuspended:
                IsSuspended = true;
                break;
            case Kind.ExecutionResumed:
                IsSuspended = false;
                break;
        }
    }

    /// <summary>How an activity or child ended, with its result or the message of its failure.</summary>
    internal sealed record Answer(bool Succeeded, string? Text);
}
