using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>How the instance gets on: turn by turn, each with all events that have come, never two at a time.</summary>
internal sealed partial class Instance
{
    private long turnEnd; // the last inbox event of the turn that is out
    private bool isHeld; // stalled, until a worker connects whose code may be another

    /// <summary>The turn that waits for the disk, a worker or its answer, if any.</summary>
    public TurnItem? TurnOut { get; private set; }

    /// <summary>How many turns were answered since the instance was loaded.</summary>
    public long TurnsDone { get; private set; }

    /// <summary>Applies a worker's answer to a turn.</summary>
    public void CompleteTurn(TurnItem item, WorkflowResponse response)
    {
        if (TurnOut != item) return; // of a run that was purged meanwhile
        TurnOut = null;
        TurnsDone++;
        IsChanged = true;
        var result = new Turn(engine.Make, Id, run, item.NewEvents, response).Apply();
        messages.AddRange(result.Messages);
        if (result.Stall is { } marker)
        {
            Stall(marker);
            return;
        }
        inbox.RemoveTo(turnEnd);
        if (result.NextRun is { } first)
        {
            Begin([.. first, .. inbox.Events.Where(new WorkflowRun().Accepts)], result.CustomStatus); // answers to the run before find no use
            return;
        }
        customStatus = result.CustomStatus;
        Append(result.History!);
        Advance();
    }

    /// <summary>Takes the answer to an activity. Of an activity that outlives its workflow only the fact is kept: that it need not run again.</summary>
    public void CompleteActivity(ActivityItem item, ActivityResponse response)
    {
        if (item.Run != RunNumber || !outstanding.Remove(response.TaskId)) return;
        Put(engine.Make.TaskAnswered(response, item.TaskExecutionId));
        if (IsOver) DropInbox();
        Advance();
    }

    /// <summary>Tries again what a worker's code could not do.</summary>
    public void Retry()
    {
        isHeld = false;
        Advance();
    }

    /// <summary>
    /// Makes the next turn, with all events that wait, if there is something to do and no turn is out. It is handed out when these events are on disk.
    /// </summary>
    private void Advance()
    {
        if (!Exists || IsOver || isHeld || TurnOut is not null || inbox.Count == 0 || ScheduledStart() > engine.Clock.GetUtcNow().UtcTicks) return;
        var hasBegin = inbox[0].WorkflowStarted is not null; // the first turn after continue-as-new brings its own
        TurnOut = new TurnItem(Id, RunNumber, history, hasBegin ? [.. inbox.Events] : [engine.Make.TurnStarted(), .. inbox.Events]);
        turnEnd = inbox.Last;
        if (!IsChanged && saving == 0) engine.Work.Add(TurnOut);
        else
        {
            newTurn = TurnOut;
            IsChanged = true;
        }
    }

    private void Append(IReadOnlyList<HistoryEvent> events)
    {
        history.Add(InstanceStore.Piece(events));
        firing.IntersectWith(run.OpenTimers.Select(timer => timer.Key));
        foreach (var scheduled in events.Where(made => made.TaskScheduled is not null && run.OpenTask(made.EventId) is not null))
        {
            outstanding.Add(scheduled.EventId);
            activities.Add(new ActivityItem(Id, RunNumber, scheduled.EventId, scheduled.TaskScheduled));
        }
        if (IsOver) DropInbox();
    }

    /// <summary>A finished instance has no use for events, but remembers which of its activities were answered until all are.</summary>
    private void DropInbox()
    {
        var answers = outstanding.Count == 0 ? [] : inbox.Events.Where(waiting => waiting.TaskCompleted is not null || waiting.TaskFailed is not null).ToList();
        inbox.RemoveTo(inbox.Last);
        foreach (var answer in answers) Put(answer);
    }

    private void Stall(HistoryEvent marker)
    {
        isHeld = true;
        engine.Stalled(Id);
        if (IsStalled) return;
        run.Apply(marker);
        history.Add(InstanceStore.Piece([marker]));
    }
}
