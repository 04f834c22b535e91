using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>What of the instance is on disk, what is not yet, and who waits for it.</summary>
internal sealed partial class Instance
{
    private readonly List<Waiter> waiters = [];
    private TurnItem? newTurn; // to be handed out after the next commit
    private List<ActivityItem> activities = []; // so are these
    private List<Message> messages = []; // to be delivered within it
    private InstanceRow? storedRow;
    private int storedPieces;
    private bool resetStored;
    private int saving;
    private long lastSave;
    private long shownSave;

    /// <summary>The row of the instance; belongs to the thread that writes.</summary>
    public long Key { get; set; }

    /// <summary>What is on disk, as clients see it.</summary>
    public InstanceView View { get; private set; }

    /// <summary>Whether something is not stored yet.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Taken out of memory: whoever still holds this object looks the id up again.</summary>
    public bool IsEvicted { get; private set; }

    /// <summary>Whether the table has it among those that may be evicted; belongs to the table.</summary>
    public bool IsResting { get; set; }

    /// <summary>Nothing would be lost if the instance were loaded again.</summary>
    public bool IsIdle => !IsChanged && saving == 0 && TurnOut is null && outstanding.Count == 0 && waiters.Count == 0 && !isHeld;

    /// <summary>Everything since the last time, or null if there is nothing.</summary>
    public InstanceChanges? TakeChanges()
    {
        if (!IsChanged) return null;
        IsChanged = false;
        saving++;
        var alarm = Alarm();
        var row = new InstanceRow(customStatus, Due(alarm));
        var (inboxDoneTo, newInbox) = inbox.TakeChanges();
        var changes = new InstanceChanges(this)
        {
            Number = ++lastSave,
            Delete = !Exists,
            Reset = resetStored,
            Row = row == storedRow ? null : row,
            FirstPiece = storedPieces,
            NewHistory = history.GetRange(storedPieces, history.Count - storedPieces),
            InboxDoneTo = inboxDoneTo,
            NewInbox = newInbox,
            Messages = Taken(ref messages),
            Turn = newTurn,
            Activities = Taken(ref activities),
            View = MakeView(),
            Alarm = alarm,
        };
        newTurn = null;
        storedRow = Exists ? row : null;
        storedPieces = history.Count;
        resetStored = false;
        return changes;
    }

    /// <summary>Changes are on disk: shows them, and answers those who waited for them. False if later ones were shown before.</summary>
    public bool Saved(InstanceChanges changes)
    {
        saving--;
        if (changes.Number < shownSave) return false;
        shownSave = changes.Number;
        View = changes.View;
        foreach (var waiter in waiters.FindAll(waiter => waiter.Until(View)))
        {
            waiter.Done.TrySetResult(View);
            waiters.Remove(waiter);
        }
        return true;
    }

    /// <summary>Waits until what is on disk is as wished.</summary>
    public Waiter WaitFor(Func<InstanceView, bool> until)
    {
        var waiter = new Waiter(until);
        if (until(View)) waiter.Done.SetResult(View);
        else waiters.Add(waiter);
        return waiter;
    }

    /// <summary>A caller does not wait any longer.</summary>
    public void Forget(Waiter waiter) => waiters.Remove(waiter);

    /// <summary>Takes the instance out of memory because it rests.</summary>
    public void Evict() => IsEvicted = true;

    /// <summary>Takes the instance out of memory because it could not be stored; those who wait are told so.</summary>
    public void Abandon(Exception failure)
    {
        IsEvicted = true;
        if (TurnOut is not null) engine.Work.Withdraw(TurnOut);
        foreach (var waiter in waiters) waiter.Done.TrySetException(failure);
        waiters.Clear();
    }

    /// <summary>When the engine must look here after a restart: at once (0) if something waits to be done, else at the alarm.</summary>
    private long? Due(long? alarm)
    {
        if (!Exists) return null;
        if (outstanding.Count > 0) return 0;
        return inbox.Count > 0 && !IsOver && (TurnOut is not null || ScheduledStart() == 0) ? 0 : alarm;
    }

    /// <summary>Between continue-as-new and the first turn of the next run clients see that run as it begins.</summary>
    private InstanceView MakeView()
    {
        if (!Exists) return new InstanceView { InstanceId = Id, Run = RunNumber };
        var shown = run;
        if (run.FirstEventAt is null && inbox.Count > 1 && inbox[0].WorkflowStarted is not null)
        {
            shown = new WorkflowRun();
            shown.Apply(inbox[0]);
            shown.Apply(inbox[1]);
        }
        return InstanceView.Of(Id, RunNumber, TurnsDone, shown, customStatus);
    }

    /// <summary>The list as it is; whatever comes later goes into a new one.</summary>
    private static List<T> Taken<T>(ref List<T> list)
    {
        var taken = list;
        list = [];
        return taken;
    }
}

/// <summary>Someone who waits until an instance is as he wishes.</summary>
internal sealed record Waiter(Func<InstanceView, bool> Until)
{
    public TaskCompletionSource<InstanceView> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
