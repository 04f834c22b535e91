using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>
/// One instance id, whether an instance has it or not. Memory goes ahead of the disk: every member that changes something works on memory at once,
/// and the next group commit stores what has gathered by then. This file is the life of the instance; its turns and its saving are in the other files.
/// All members are called with <see cref="Gate"/> held.
/// </summary>
/// <remarks>
/// Nothing leaves before it is on disk: a turn goes to a worker when all of its events are, an activity when the turn that asked for it is, and
/// whoever brings something (the client that raises an event, the worker that gives a result) is answered when that is. So whatever anyone has seen
/// comes again after a crash, as it was.
/// </remarks>
internal sealed partial class Instance
{
    private readonly EngineParts engine;
    private readonly HashSet<int> outstanding = []; // activities of this run that wait for an answer
    private readonly HashSet<int> firing = []; // timers whose event waits in the inbox
    private readonly Inbox inbox;
    private List<byte[]> history;
    private WorkflowRun run = new();
    private string? customStatus;
    private bool isTakenUp;

    public Instance(string id, StoredInstance? stored, EngineParts engine)
    {
        Id = id;
        this.engine = engine;
        RunNumber = engine.NextRun();
        Exists = stored is not null;
        history = stored?.History ?? [];
        inbox = new Inbox(stored?.Inbox ?? []);
        customStatus = stored?.Row.CustomStatus;
        foreach (var happened in history.SelectMany(InstanceStore.Events)) run.Apply(happened);
        Key = stored?.Key ?? 0;
        storedRow = stored?.Row;
        storedPieces = history.Count;
        View = MakeView();
    }

    public string Id { get; }
    public Lock Gate { get; } = new();
    public bool Exists { get; private set; }
    public bool IsOver => run.IsOver;
    public bool IsStalled => run.Stall is not null;

    /// <summary>Names the run; every run of every instance has another.</summary>
    public long RunNumber { get; private set; }

    /// <summary>The ids of the children of this run.</summary>
    public IEnumerable<string> Children => run.Children.Select(child => child.InstanceId);

    /// <summary>After the instance was loaded: goes on with what was left. False if that was done before.</summary>
    public bool TakeUp()
    {
        if (isTakenUp) return false;
        isTakenUp = true;
        firing.UnionWith(inbox.Events.Where(waiting => waiting.TimerFired is not null).Select(waiting => waiting.TimerFired.TimerId));
        if (IsOver && storedRow?.Due != 0) return true; // nothing of it is left to do
        var answered = inbox.Events.Select(waiting => waiting.TaskCompleted?.TaskScheduledId ?? waiting.TaskFailed?.TaskScheduledId).ToHashSet();
        foreach (var (id, task) in run.OpenTasks.Where(task => !answered.Contains(task.Key)))
        {
            outstanding.Add(id);
            engine.Work.Add(new ActivityItem(Id, RunNumber, id, task)); // it is on disk that it was asked for
        }
        Advance();
        return true;
    }

    /// <summary>Begins a new instance, or a new run of one that is over or continues as new.</summary>
    public void Begin(IEnumerable<HistoryEvent> events, string? status = null)
    {
        Exists = true;
        BeginRun();
        customStatus = status;
        foreach (var happened in events) Put(happened);
        Advance();
    }

    /// <summary>Begins a new instance with a history, whose open work is done now.</summary>
    public void BeginWith(IReadOnlyList<HistoryEvent> past)
    {
        Exists = true;
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
        if (!Exists || IsOver || !run.Accepts(happened)) return;
        Put(happened);
        Advance();
    }

    /// <summary>
    /// Takes an event of another instance. Returns the answer to a parent whose child cannot be made because an instance that is not over has its id.
    /// </summary>
    public Message? Deliver(HistoryEvent happened)
    {
        if (happened.ExecutionStarted is not { } started) Receive(happened);
        else if (!Exists || IsOver) Begin([happened]);
        else if (started.ParentInstance is { } parent)
            return new Message(parent.WorkflowInstance.InstanceId, engine.Make.ChildRefused(parent.TaskScheduledId, "WorkflowInstanceAlreadyExists", WorkflowException.ActiveText(Id)));
        return null;
    }

    /// <summary>Does what has fallen due: timers, a scheduled start, the end of the retention.</summary>
    public void Wake()
    {
        var now = engine.Clock.GetUtcNow().UtcTicks;
        if (IsOver)
        {
            if (outstanding.Count == 0 && RetentionEnd() <= now) Purge();
            return;
        }
        foreach (var (id, timer) in run.OpenTimers.Where(timer => !firing.Contains(timer.Key)).OrderBy(timer => Instant.Ticks(timer.Value.FireAt)).ToList())
        {
            if (Instant.Ticks(timer.FireAt) > now) break;
            firing.Add(id);
            Put(engine.Make.TimerFired(id, timer.FireAt));
        }
        Advance();
    }

    /// <summary>Deletes the instance.</summary>
    public void Purge()
    {
        Exists = false;
        activities.Clear();
        BeginRun();
    }

    /// <summary>When time itself has something to do here, in ticks; null never.</summary>
    public long? Alarm()
    {
        if (!Exists) return null;
        if (IsOver) return outstanding.Count == 0 && RetentionEnd() < long.MaxValue ? RetentionEnd() : null;
        if (TurnOut is null && ScheduledStart() is > 0 and var start) return start;
        var timers = run.OpenTimers.Where(timer => !firing.Contains(timer.Key)).Select(timer => (long?)Instant.Ticks(timer.Value.FireAt));
        return timers.Min();
    }

    private void BeginRun()
    {
        if (TurnOut is not null) engine.Work.Withdraw(TurnOut);
        TurnOut = newTurn = null;
        run = new WorkflowRun();
        RunNumber = engine.NextRun();
        history = [];
        inbox.Clear();
        outstanding.Clear();
        firing.Clear();
        isHeld = false;
        storedPieces = 0;
        resetStored = true;
        IsChanged = true;
    }

    private void Put(HistoryEvent happened)
    {
        inbox.Add(happened);
        IsChanged = true;
    }

    /// <summary>When a start that lies ahead is due, as long as nothing else has come; 0 if there is nothing to wait for.</summary>
    private long ScheduledStart() => inbox.Count == 1 && inbox[0].ExecutionStarted is { } started ? Instant.Ticks(started.ScheduledStartTimestamp) : 0;

    /// <summary>When a finished instance is to be deleted; never without a policy.</summary>
    private long RetentionEnd() => engine.Keep(run.Status) is { } keep ? Math.Min(DateTime.MaxValue.Ticks, Instant.Ticks(run.LastEventAt) + keep.Ticks) : long.MaxValue;
}
