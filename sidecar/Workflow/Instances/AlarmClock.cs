namespace Resort.Sidecar.Workflow.Instances;

/// <summary>Rings for each instance at the time it asked for, never early. It keeps the next time of each instance only, and sleeps until the first.</summary>
internal sealed class AlarmClock : IDisposable
{
    private static readonly TimeSpan longestSleep = TimeSpan.FromDays(1); // a timer cannot wait for the year 9999

    private readonly Lock gate = new();
    private readonly SortedSet<(long At, string Id)> alarms = new(Comparer<(long At, string Id)>.Create(
        (x, y) => x.At != y.At ? x.At.CompareTo(y.At) : string.CompareOrdinal(x.Id, y.Id)));

    private readonly Dictionary<string, long> byId = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly Action<string> ring;
    private readonly ITimer timer;
    private bool isClosed;

    public AlarmClock(TimeProvider clock, Action<string> ring)
    {
        this.clock = clock;
        this.ring = ring;
        timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the alarm of an instance to a time in ticks, or takes it away.</summary>
    public void Set(string id, long? at)
    {
        lock (gate)
        {
            if (byId.TryGetValue(id, out var before))
            {
                if (before == at) return;
                byId.Remove(id);
                alarms.Remove((before, id));
            }
            if (at is not { } time) return;
            byId.Add(id, time);
            alarms.Add((time, id));
            if (alarms.Min.Id == id) Sleep();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            alarms.Clear();
        }
        timer.Dispose();
    }

    private void Ring()
    {
        List<string> due = [];
        lock (gate)
        {
            var now = clock.GetUtcNow().UtcTicks;
            while (alarms.Count > 0 && alarms.Min is var first && first.At <= now)
            {
                alarms.Remove(first);
                byId.Remove(first.Id);
                due.Add(first.Id);
            }
            Sleep();
        }
        foreach (var id in due) ring(id);
    }

    private void Sleep()
    {
        if (alarms.Count == 0 || isClosed) return;
        var ticks = Math.Max(0, alarms.Min.At - clock.GetUtcNow().UtcTicks);
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling((double)ticks / TimeSpan.TicksPerMillisecond));
        timer.Change(wait < longestSleep ? wait : longestSleep, Timeout.InfiniteTimeSpan);
    }
}
