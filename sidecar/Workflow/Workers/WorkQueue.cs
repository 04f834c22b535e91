namespace Resort.Sidecar.Workflow.Workers;

/// <summary>
/// Hands work to the connected workers of an app: any of them takes the next item, none gets more than it can hold, and what a lost worker had goes
/// to the others.
/// </summary>
/// <param name="maxTurns">The most turns out at a time, over all workers; null or 0 means no limit.</param>
/// <param name="maxActivities">The same for activities.</param>
internal sealed class WorkQueue(int? maxTurns, int? maxActivities)
{
    /// <summary>
    /// The most turns and the most activities that one worker has at a time; the JavaScript worker drops, without a word, what exceeds a hundred or so.
    /// Each kind has its own share, so that slow activities never hold up turns.
    /// </summary>
    private static readonly int[] mostPerWorker = [25, 75];

    private readonly Lock gate = new();
    private readonly List<Worker> workers = [];
    private readonly Lane[] lanes = [new(maxTurns), new(maxActivities)];
    private readonly Dictionary<WorkKey, WorkItem> handedOut = []; // what was handed out and is not answered; of one key the oldest
    private TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int turnOfWorker;
    private long lastToken;

    /// <summary>How many workers are connected.</summary>
    public int Workers { get { lock (gate) return workers.Count; } }

    /// <summary>Completes as soon as a worker is connected.</summary>
    public Task WhenConnected { get { lock (gate) return connected.Task; } }

    /// <summary>Adds an item, which goes out as soon as a worker is free.</summary>
    public void Add(WorkItem item)
    {
        lock (gate)
        {
            LaneOf(item).Waiting.AddLast(item);
            HandOut();
        }
    }

    /// <summary>
    /// Takes the item that an answer is for, or null if nobody asked. A worker that does not send tokens back, or sends an unknown one, means the
    /// oldest.
    /// </summary>
    public WorkItem? Take(WorkKey key, string token)
    {
        lock (gate)
        {
            if (!handedOut.TryGetValue(key, out var oldest)) return null;
            var item = oldest;
            while (token.Length > 0 && item is not null && item.Token != token) item = item.Newer;
            item ??= oldest;
            Forget(item);
            item.IsDone = true;
            Release(item);
            HandOut();
            return item;
        }
    }

    /// <summary>Drops an item that nobody waits for any more, unless a worker already has it.</summary>
    public void Withdraw(WorkItem item)
    {
        lock (gate) item.IsDone = true;
    }

    /// <summary>A worker opened its stream.</summary>
    public Worker Connect()
    {
        var worker = new Worker();
        lock (gate)
        {
            workers.Add(worker);
            if (workers.Count == 1) connected.SetResult();
            HandOut();
        }
        return worker;
    }

    /// <summary>A worker's stream ended: what it had is the next to go out.</summary>
    public void Disconnect(Worker worker)
    {
        lock (gate)
        {
            workers.Remove(worker);
            if (workers.Count == 0) connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            List<WorkItem> lost = [];
            foreach (var oldest in handedOut.Values)
                for (var item = oldest; item is not null; item = item.Newer)
                    if (item.Worker == worker)
                    {
                        Release(item);
                        lost.Add(item);
                    }
            foreach (var item in lost)
                if (item.IsDone) Forget(item);
                else LaneOf(item).Waiting.AddFirst(item);
            HandOut();
        }
    }

    private void HandOut()
    {
        for (var kind = 0; kind < lanes.Length; kind++)
        {
            var lane = lanes[kind];
            while (lane.Waiting.First is { } next && lane.Out < lane.Limit && FreeWorker(kind) is { } worker)
            {
                lane.Waiting.RemoveFirst();
                if (next.Value.IsDone) continue;
                Give(next.Value, worker, lane, kind);
            }
        }
    }

    private void Give(WorkItem item, Worker worker, Lane lane, int kind)
    {
        lane.Out++;
        worker.Outstanding[kind]++;
        item.Worker = worker;
        if (!handedOut.TryAdd(item.Key, item)) Append(handedOut[item.Key], item);
        worker.Give(item);
    }

    private void Append(WorkItem oldest, WorkItem item)
    {
        var last = oldest;
        while (last != item && last.Newer is { } newer) last = newer;
        if (last == item) return; // handed out before
        last.Newer = item;
        item.Token = (++lastToken).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Forget(WorkItem item)
    {
        if (handedOut[item.Key] is { } oldest && item != oldest)
        {
            var before = oldest;
            while (before.Newer != item) before = before.Newer!;
            before.Newer = item.Newer;
        }
        else if (item.Newer is { } newer) handedOut[item.Key] = newer;
        else handedOut.Remove(item.Key);
    }

    private void Release(WorkItem item)
    {
        if (item.Worker is not { } worker) return;
        LaneOf(item).Out--;
        worker.Outstanding[KindOf(item)]--;
        item.Worker = null;
    }

    /// <summary>The worker with the fewest items of a kind; equal ones take turns.</summary>
    private Worker? FreeWorker(int kind)
    {
        Worker? best = null;
        for (var i = 0; i < workers.Count; i++)
        {
            var worker = workers[(turnOfWorker + i) % workers.Count];
            if (worker.Outstanding[kind] < mostPerWorker[kind] && (best is null || worker.Outstanding[kind] < best.Outstanding[kind])) best = worker;
        }
        turnOfWorker = workers.Count == 0 ? 0 : (turnOfWorker + 1) % workers.Count;
        return best;
    }

    private static int KindOf(WorkItem item) => item is TurnItem ? 0 : 1;

    private Lane LaneOf(WorkItem item) => lanes[KindOf(item)];

    private sealed class Lane(int? limit)
    {
        public LinkedList<WorkItem> Waiting { get; } = new();
        public int Limit { get; } = limit is > 0 and var given ? given : int.MaxValue;
        public int Out { get; set; }
    }
}
