using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>
/// One instance id, whether an instance has it or not. Memory goes ahead of the disk: every member that changes something works on memory at once,
/// and the next group commit stores what has gathered by then (see <c>Instance.Saving.cs</c>). All members are called with <see cref="Gate"/> held.
/// </summary>
/// <remarks>
/// What may happen before the commit and what not: a turn is a pure function of its events, so it goes to a worker at once; if the process dies,
/// nobody has seen anything of it, and after the restart the same or another turn takes its place. An activity acts on the world, so it goes
/// out only when the turn that asked for it is on disk; and whoever is answered (the client that raised an event, the worker that gave a result) is answered
/// only when what he brought is on disk, by itself or, if the turn that it led to was quicker than the disk, as a part of that turn's history.
/// </remarks>
internal sealed partial class Instance
{
    private readonly EngineParts engine;
    private readonly HashSet<int> outstanding = []; // activities of this run that wait for an answer
    private readonly HashSet<int> firing = []; // timers whose event waits in the inbox
    private List<InboxEvent> inbox;
    private List<byte[]> history;
    private WorkflowRun run = new();
    private long runNumber;
    private string? customStatus;
    private bool exists;
    private bool held; // stalled, until a worker connects whose code may be another
    private TurnItem? turn; // the turn that waits for a worker or its answer
    private long turnEnd; // the last inbox event in it
    private long sequence;

    public Instance(string id, StoredInstance? stored, EngineParts engine)
    {
        Id = id;
        this.engine = engine;
        runNumber = engine.NextRun();
        exists = stored is not null;
        history = stored?.History ?? [];
        inbox = stored?.Inbox ?? [];
        customStatus = stored?.Row.CustomStatus;
        foreach (var happened in history.SelectMany(InstanceStore.Events)) run.Apply(happened);
        if (stored is not null) MarkStored(stored);
        View = MakeView();
    }

    public string Id { get; }
    public Lock Gate { get; } = new();
    public bool Exists => exists;
    public bool IsOver => run.IsOver;
    public bool IsStalled => run.Stall is not null;
    public long RunNumber => runNumber;
    public IEnumerable<string> Children => run.Children.Select(child => child.InstanceId);

    /// <summary>The turn that waits for a worker or its answer, if any.</summary>
    public TurnItem? TurnOut => turn;

    /// <summary>Begins a new instance, or a new run of one that is over.</summary>
    public void Begin(IEnumerable<HistoryEvent> events, string? status = null)
    {
        exists = true;
        BeginRun();
        customStatus = status;
        foreach (var happened in events) Put(happened);
        Advance();
    }

    /// <summary>Begins a new instance with a history, whose open work is done now.</summary>
    public void BeginWith(IReadOnlyList<HistoryEvent> past)
    {
        exists = true;
        BeginRun();
        customStatus = null;
        foreach (var happened in past) run.Apply(happened);
        Append(past);
        foreach (var child in past.Where(made => made.ChildWorkflowInstanceCreated is not null && run.IsOpenChild(made.EventId)))
            messages.Add(new Message(child.ChildWorkflowInstanceCreated.InstanceId, engine.Make.ChildStarted(child, Id, run.Started!)));
    }

    /// <summary>Adds an event for the next turn; what an earlier run asked for, and what comes after the end, is dropped.</summary>
    public void Receive(HistoryEvent happened)
    {
        if (!exists || IsOver || !run.Accepts(happened)) return;
        Put(happened);
        Advance();
    }

    /// <summary>
    /// Takes an event of another instance. Returns the answer to a parent whose child cannot be made because an instance that is not over has its id.
    /// </summary>
    public Message? Deliver(HistoryEvent happened)
    {
        if (happened.ExecutionStarted is not { } started) Receive(happened);
        else if (!exists || IsOver) Begin([happened]);
        else if (started.ParentInstance is { } parent)
            return new Message(parent.WorkflowInstance.InstanceId, engine.Make.ChildRefused(parent.TaskScheduledId, "WorkflowInstanceAlreadyExists", WorkflowException.ActiveText(Id)));
        return null;
    }

    /// <summary>Applies a worker's answer to a turn.</summary>
    public void CompleteTurn(TurnItem item, WorkflowResponse response)
    {
        if (turn != item) return; // of a run that was purged meanwhile
        turn = null;
        turns++;
        var result = new Turn(engine.Make, Id, run, item.NewEvents, response).Apply();
        if (result.Stall is { } marker) Stall(marker);
        else
        {
            inbox.RemoveAll(done => done.Sequence <= turnEnd);
            if (result.NextRun is { } first)
            {
                var rest = inbox.Select(waiting => waiting.Event).Where(new WorkflowRun().Accepts);
                Begin([.. first, .. rest], result.CustomStatus);
            }
            else
            {
                customStatus = result.CustomStatus;
                Append(result.History!);
            }
        }
        messages.AddRange(result.Messages);
        Changed();
        Advance();
    }

    /// <summary>Takes the answer to an activity. Of an activity that outlives its workflow only the fact is kept: that it need not run again.</summary>
    public void CompleteActivity(ActivityItem item, ActivityResponse response)
    {
        if (item.Run != runNumber || !outstanding.Remove(response.TaskId)) return;
        Put(engine.Make.TaskAnswered(response, item.TaskExecutionId));
        if (IsOver) DropInbox();
        Advance();
    }

    /// <summary>Does what has fallen due: timers, a scheduled start, the end of the retention.</summary>
    public void Wake()
    {
        var now = engine.Clock.GetUtcNow().UtcTicks;
        if (IsOver && outstanding.Count == 0 && Retention() <= now) Purge();
        foreach (var (id, timer) in run.OpenTimers.Where(timer => !IsOver && !firing.Contains(timer.Key) && Instant.Ticks(timer.Value.FireAt) <= now)
            .OrderBy(timer => Instant.Ticks(timer.Value.FireAt)).ToList())
        {
            firing.Add(id);
            Put(engine.Make.TimerFired(id, timer.FireAt));
        }
        Advance();
    }

    /// <summary>Tries again what a worker's code could not do.</summary>
    public void Retry()
    {
        held = false;
        Advance();
    }

    /// <summary>Deletes the instance.</summary>
    public void Purge()
    {
        exists = false;
        activities.Clear();
        BeginRun();
    }

    /// <summary>After the instance was loaded: goes on with what was left. False if that was done before.</summary>
    public bool Resume()
    {
        if (resumed) return false;
        resumed = true;
        foreach (var waiting in inbox.Where(waiting => waiting.Event.TimerFired is not null)) firing.Add(waiting.Event.TimerFired.TimerId);
        if (IsOver && storedRow?.Due != 0) return true; // nothing of it is left to do
        var answered = inbox.Select(waiting => waiting.Event.TaskCompleted?.TaskScheduledId ?? waiting.Event.TaskFailed?.TaskScheduledId).ToHashSet();
        foreach (var (id, task) in run.OpenTasks.Where(task => !answered.Contains(task.Key)))
        {
            outstanding.Add(id);
            engine.Work.Add(new ActivityItem(Id, runNumber, id, task));
        }
        Advance();
        return true;
    }

    /// <summary>Hands out the next turn, with all events that wait, if there is something to do and no turn is out.</summary>
    private void Advance()
    {
        if (!exists || IsOver || held || turn is not null || inbox.Count == 0 || ScheduledStart() > engine.Clock.GetUtcNow().UtcTicks) return;
        var events = inbox.Select(waiting => waiting.Event);
        turn = new TurnItem(Id, runNumber, history, inbox[0].Event.WorkflowStarted is null ? [engine.Make.TurnStarted(), .. events] : [.. events]);
        turnEnd = inbox[^1].Sequence;
        engine.Work.Add(turn);
    }

    private void Put(HistoryEvent happened)
    {
        inbox.Add(new InboxEvent(++sequence, happened));
        Changed();
    }

    private void Append(IReadOnlyList<HistoryEvent> events)
    {
        history.Add(InstanceStore.Piece(events));
        firing.IntersectWith(run.OpenTimers.Select(timer => timer.Key));
        foreach (var scheduled in events.Where(made => made.TaskScheduled is not null && run.OpenTask(made.EventId) is not null))
        {
            outstanding.Add(scheduled.EventId);
            activities.Add(new ActivityItem(Id, runNumber, scheduled.EventId, scheduled.TaskScheduled));
        }
        if (IsOver) DropInbox();
    }

    /// <summary>A finished instance has no use for events, but remembers which of its activities were answered until all are.</summary>
    private void DropInbox()
    {
        var answers = outstanding.Count == 0 ? [] : inbox.Where(waiting => waiting.Event.TaskCompleted is not null || waiting.Event.TaskFailed is not null).ToList();
        inbox.Clear();
        foreach (var answer in answers) Put(answer.Event);
    }

    private void Stall(HistoryEvent marker)
    {
        held = true;
        engine.Stalled(Id);
        if (run.Stall is not null) return;
        run.Apply(marker);
        history.Add(InstanceStore.Piece([marker]));
    }

    private void BeginRun()
    {
        if (turn is not null) engine.Work.Withdraw(turn);
        turn = null;
        run = new WorkflowRun();
        runNumber = engine.NextRun();
        history = [];
        inbox = [];
        outstanding.Clear();
        firing.Clear();
        held = false;
        ForgetStored();
    }

    /// <summary>When a start that lies ahead is due, as long as nothing else has come; 0 if there is nothing to wait for.</summary>
    private long ScheduledStart() => inbox is [{ Event.ExecutionStarted: { } started }] ? Instant.Ticks(started.ScheduledStartTimestamp) : 0;

    /// <summary>When a finished instance is to be deleted; never without a policy.</summary>
    private long Retention() => engine.Keep(run.Status) is { } keep ? Math.Min(DateTime.MaxValue.Ticks, Instant.Ticks(run.LastEventAt) + keep.Ticks) : long.MaxValue;
}
