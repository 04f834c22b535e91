using Dapr.DurableTask.Protobuf;
using EventCase = Dapr.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>Why an instance cannot be rerun.</summary>
internal enum RerunFault { NotFound, Invalid, AlreadyExists }

/// <summary>A rerun is refused; the message is Dapr's.</summary>
internal sealed class RerunException(RerunFault fault, string message) : Exception(message)
{
    public RerunFault Fault { get; } = fault;
}

/// <summary>
/// The history with which a rerun begins: that of the source up to the chosen event. What was asked for and answered before it is kept as a
/// pair; the chosen event and what was not answered yet come last, marked with the source, to be done again.
/// </summary>
internal sealed class Fork
{
    private readonly List<HistoryEvent> open;
    private readonly List<HistoryEvent> kept;
    private readonly HistoryEvent target;

    private Fork(List<HistoryEvent> kept, List<HistoryEvent> open, HistoryEvent target)
    {
        this.kept = kept;
        this.open = open;
        this.target = target;
    }

    public IReadOnlyList<HistoryEvent> History => [.. kept, .. open, target];

    /// <exception cref="RerunException">The source is missing, running or a child, or the event is none that can be done again.</exception>
    public static Fork Of(string sourceId, IReadOnlyList<HistoryEvent>? source, int eventId, string newId)
    {
        if (source is null) throw new RerunException(RerunFault.NotFound, $"workflow instance does not exist with ID '{sourceId}'");
        if (newId == sourceId) throw new RerunException(RerunFault.Invalid, "rerun workflow instance ID must be different from the original instance ID");
        if (!source.Any(happened => happened.ExecutionCompleted is not null)) throw new RerunException(RerunFault.Invalid, $"'{sourceId}' is not in a terminal state");
        if (source.Any(happened => happened.ExecutionStarted?.ParentInstance is not null)) throw new RerunException(RerunFault.Invalid, $"'{sourceId}': cannot rerun from child-workflows");
        var at = source.ToList().FindIndex(happened => happened.EventId == eventId);
        if (at < 0) throw new RerunException(RerunFault.NotFound, $"does not have history event with ID '{eventId}'");
        if (!CanBeDoneAgain(source[at])) throw new RerunException(RerunFault.NotFound, $"target event '{source[at].EventTypeCase}' with ID '{eventId}' is not an event that can be rerun");
        return Split(sourceId, source.Take(at), source[at]);
    }

    /// <summary>Gives the chosen activity or child another input.</summary>
    public void OverwriteInput(string? input)
    {
        if (target.TaskScheduled is { } task) task.Input = input;
        else if (target.ChildWorkflowInstanceCreated is { } child) child.Input = input;
    }

    /// <summary>Children that are made again get other ids, since theirs are taken: the chosen one the given id, the others made-up ones.</summary>
    public void RenameChildren(string chosen, Func<string> makeId)
    {
        foreach (var child in open.Where(happened => happened.ChildWorkflowInstanceCreated is not null)) child.ChildWorkflowInstanceCreated.InstanceId = makeId();
        if (target.ChildWorkflowInstanceCreated is { } first) first.InstanceId = chosen;
    }

    private static Fork Split(string sourceId, IEnumerable<HistoryEvent> before, HistoryEvent target)
    {
        List<HistoryEvent> kept = [];
        List<HistoryEvent> open = [];
        foreach (var happened in before)
        {
            if (CanBeDoneAgain(happened))
            {
                open.Add(happened);
                continue;
            }
            if (open.FindIndex(asked => Answers(happened, asked)) is >= 0 and var i)
            {
                kept.Add(open[i]);
                open.RemoveAt(i);
            }
            kept.Add(happened);
        }
        foreach (var again in open.Append(target)) Mark(again, new RerunParentInstanceInfo { InstanceID = sourceId });
        return new Fork(kept, open, target);
    }

    private static bool CanBeDoneAgain(HistoryEvent happened) => happened.EventTypeCase is EventCase.TaskScheduled or EventCase.TimerCreated or EventCase.ChildWorkflowInstanceCreated;

    private static bool Answers(HistoryEvent answer, HistoryEvent asked) => asked.EventTypeCase switch
    {
        EventCase.TaskScheduled => (answer.TaskCompleted?.TaskScheduledId ?? answer.TaskFailed?.TaskScheduledId) == asked.EventId,
        EventCase.TimerCreated => answer.TimerFired?.TimerId == asked.EventId,
        _ => (answer.ChildWorkflowInstanceCompleted?.TaskScheduledId ?? answer.ChildWorkflowInstanceFailed?.TaskScheduledId) == asked.EventId,
    };

    private static void Mark(HistoryEvent again, RerunParentInstanceInfo source)
    {
        if (again.TaskScheduled is { } task) task.RerunParentInstanceInfo = source;
        else if (again.TimerCreated is { } timer) timer.RerunParentInstanceInfo = source;
        else again.ChildWorkflowInstanceCreated.RerunParentInstanceInfo = source;
    }
}
