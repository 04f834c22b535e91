namespace Resort.Tests.Sidecar.Workflow;

/// <summary>
/// Time that passes only when the test says so; timers that fall due then go off on the calling thread, in order. One without delay goes off by itself.
/// </summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> timers = [];
    private DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset end;
        lock (gate) end = now + by;
        while (true)
        {
            SteppedTimer? next;
            lock (gate)
            {
                next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
                now = next is null ? end : next.Due > now ? next.Due : now;
                if (next is null) return;
                next.Due = DateTimeOffset.MaxValue;
            }
            next.GoOff();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        lock (gate) timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SteppedTimer(SteppedClock clock, Action goOff) : ITimer
    {
        public DateTimeOffset Due { get; set; } = DateTimeOffset.MaxValue;
        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate) Due = dueTime <= TimeSpan.Zero ? DateTimeOffset.MaxValue : clock.now + dueTime;
            if (dueTime == TimeSpan.Zero) ThreadPool.QueueUserWorkItem(_ => goOff());
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
