using Dapr.DurableTask.Protobuf;
using Resort.Tests.Conformance.Comparison;

namespace Resort.Tests.Conformance.Workflow.Items;

/// <summary>The work items that the workers of a scenario got, in order, and how many were out at the same time.</summary>
internal sealed class WorkItemLog
{
    private readonly Lock gate = new();
    private readonly List<ReceivedItem> items = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int turnsOut;
    private int activitiesOut;

    public int MostTurns { get; private set; }
    public int MostActivities { get; private set; }

    public ReceivedItem Add(WorkItem message, string worker)
    {
        lock (gate)
        {
            var item = new ReceivedItem(message, worker, Moment.Now);
            items.Add(item);
            if (item.IsTurn) MostTurns = Math.Max(MostTurns, ++turnsOut);
            else MostActivities = Math.Max(MostActivities, ++activitiesOut);
            changed.SetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return item;
        }
    }

    /// <summary>The item's answer is on its way.</summary>
    public void Answered(ReceivedItem item)
    {
        lock (gate)
            if (item.IsTurn) turnsOut--;
            else activitiesOut--;
    }

    /// <summary>Waits until so many of the items wanted have come and were not taken yet, or the time is over.</summary>
    public async Task WaitAsync(Func<ReceivedItem, bool> wanted, int turns, int activities, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (items.Count(item => item.IsTurn && wanted(item)) >= turns && items.Count(item => !item.IsTurn && wanted(item)) >= activities) return;
                more = changed.Task;
            }
            try { await more.WaitAsync(limit.Token); }
            catch (OperationCanceledException) { return; }
        }
    }

    /// <summary>Takes out those wanted.</summary>
    public IReadOnlyList<ReceivedItem> Take(Func<ReceivedItem, bool> wanted)
    {
        lock (gate)
        {
            var taken = items.Where(wanted).ToList();
            items.RemoveAll(taken.Contains);
            return taken;
        }
    }
}
