using Resort.Sidecar.Workflow.Turns;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>What of the instance is on disk, what is not yet, and who waits for it.</summary>
internal sealed partial class Instance
{
    private readonly List<Waiter> waiters = [];
    private List<ActivityItem> activities = []; // to be handed out after the next commit
    private List<Message> messages = []; // to be delivered within it
    private InstanceRow? storedRow;
    private int storedPieces;
    private long storedInbox; // the last event that was put on disk
    private long clearedInbox; // the last that was taken off again
    private bool resetStored;
    private bool resumed;
    private long turns;
    private int saving;
    private long saves;
    private long shownSave;

    /// <summary>The row of the instance; belongs to the thread that writes.</summary>
    public long Key { get; set; }

    /// <summary>What is on disk, as clients see it.</summary>
    public InstanceView View { get; private set; }

    /// <summary>Whether something is not stored yet.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Taken out of memory: whoever still holds this object looks the id up again.</summary>
    public bool IsEvicted { get; private set; }

    /// <summary>Whether the table keeps it in mind for eviction.</summary>
    public bool IsResting { get; set; }

    /// <summary>Nothing would be lost if the instance were loaded again.</summary>
    public bool IsIdle => !IsChanged && saving == 0 && turn is null && outstanding.Count == 0 && waiters.Count == 0 && !held;

    /// <summary>Everything since the last time, or null if there is nothing.</summary>
    public InstanceChanges? TakeChanges()
    {
        if (!IsChanged) return null;
        IsChanged = false;
        saving++;
        var row = new InstanceRow(customStatus, Due());
        var doneTo = inbox.Count > 0 ? inbox[0].Sequence - 1 : sequence;
        var changes = new InstanceChanges(this)
        {
            Number = ++saves,
            Delete = !exists,
            Reset = resetStored,
            Row = row == storedRow ? null : row,
            FirstPiece = storedPieces,
            NewHistory = history.GetRange(storedPieces, history.Count - storedPieces),
            InboxDoneTo = Math.Min(doneTo, storedInbox) > clearedInbox ? doneTo : null,
            NewInbox = inbox.FindAll(waiting => waiting.Sequence > storedInbox),
            Messages = Taken(ref messages),
            Activities = Taken(ref activities),
            View = MakeView(),
            Alarm = Alarm(),
        };
        storedRow = exists ? row : null;
        storedPieces = history.Count;
        if (changes.InboxDoneTo is not null) clearedInbox = doneTo;
        if (inbox.Count > 0) storedInbox = inbox[^1].Sequence;
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
        for (var i = waiters.Count - 1; i >= 0; i--)
            if (waiters[i].Until(View))
            {
                waiters[i].Done.TrySetResult(View);
                waiters.RemoveAt(i);
            }
        return true;
    }

    /// <summary>Takes the instance out of memory; those who wait are told why, if they can not be answered any more.</summary>
    public void Evict(Exception? failure = null)
    {
        IsEvicted = true;
        if (turn is not null) engine.Work.Withdraw(turn);
        foreach (var waiter in waiters) waiter.Done.TrySetException(failure!);
        waiters.Clear();
    }

    /// <summary>Completes when what is on disk is as wished.</summary>
    public Waiter WaitFor(Func<InstanceView, bool> until)
    {
        var waiter = new Waiter(until);
        if (until(View)) waiter.Done.SetResult(View);
        else waiters.Add(waiter);
        return waiter;
    }

    public void Forget(Waiter waiter) => waiters.Remove(waiter);

    /// <summary>When time itself has something to do here, in ticks; null never.</summary>
    public long? Alarm()
    {
        if (!exists) return null;
        var next = IsOver ? outstanding.Count == 0 ? Retention() : long.MaxValue : run.OpenTimers.Where(timer => !firing.Contains(timer.Key)).Select(timer => Instant.Ticks(timer.Value.FireAt)).DefaultIfEmpty(long.MaxValue).Min();
        if (turn is null && !IsOver && ScheduledStart() is > 0 and var start) next = Math.Min(next, start);
        return next == long.MaxValue ? null : next;
    }

    /// <summary>When the engine must look here after a restart: at once if something waits to be done, else at the alarm.</summary>
    private long? Due()
    {
        if (!exists) return null;
        var atOnce = outstanding.Count > 0 || (inbox.Count > 0 && !IsOver && (turn is not null || ScheduledStart() == 0));
        return atOnce ? 0 : Alarm();
    }

    /// <summary>The list as it is; whatever comes later goes into a new one.</summary>
    private static List<T> Taken<T>(ref List<T> list)
    {
        var taken = list;
        list = [];
        return taken;
    }

    private void Changed() => IsChanged = true;

    private void MarkStored(StoredInstance stored)
    {
        Key = stored.Key;
        storedRow = stored.Row;
        storedPieces = history.Count;
        sequence = storedInbox = inbox.Count > 0 ? inbox[^1].Sequence : 0;
        clearedInbox = inbox.Count > 0 ? inbox[0].Sequence - 1 : 0;
    }

    private void ForgetStored()
    {
        resetStored = true;
        storedPieces = 0;
        storedInbox = clearedInbox = sequence;
        Changed();
    }

    /// <summary>Between continue-as-new and the first turn of the next run clients see that run as it begins.</summary>
    private InstanceView MakeView()
    {
        if (!exists) return new InstanceView { InstanceId = Id, Run = runNumber };
        var shown = run;
        if (run.FirstEventAt is null && inbox is [{ Event.WorkflowStarted: not null } begun, { Event.ExecutionStarted: not null } started, ..])
        {
            shown = new WorkflowRun();
            shown.Apply(begun.Event);
            shown.Apply(started.Event);
        }
        return InstanceView.Of(Id, runNumber, turns, shown, customStatus);
    }
}

/// <summary>Someone who waits until an instance is as he wishes.</summary>
internal sealed record Waiter(Func<InstanceView, bool> Until)
{
    public TaskCompletionSource<InstanceView> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
