namespace Resort.Tests.Integration;

/// <summary>The system's time, which a test can put forward: what falls due on the way goes off at once.</summary>
internal sealed class ForwardClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<ForwardTimer> timers = [];
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * System.TimestampFrequency);

    public void Forward(TimeSpan by)
    {
        lock (gate)
        {
            ahead += by;
            foreach (var timer in timers) timer.Bring(by);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            var timer = new ForwardTimer(this, callback, state);
            timers.Add(timer);
            timer.Set(dueTime, period);
            return timer;
        }
    }

    private TimeSpan Ahead
    {
        get { lock (gate) return ahead; }
    }

    /// <summary>A timer of the system that goes off earlier by what the clock is put forward. Everything but the callback happens under the clock's lock.</summary>
    private sealed class ForwardTimer : ITimer
    {
        private readonly ForwardClock clock;
        private readonly ITimer timer;
        private DateTimeOffset? due;
        private TimeSpan period;

        public ForwardTimer(ForwardClock clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            timer = System.CreateTimer(_ =>
            {
                lock (clock.gate) due = period > TimeSpan.Zero ? System.GetUtcNow() + period : null;
                callback(state);
            }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Set(TimeSpan dueTime, TimeSpan every)
        {
            (due, period) = (dueTime < TimeSpan.Zero ? null : System.GetUtcNow() + dueTime, every);
            timer.Change(dueTime, every);
        }

        public void Bring(TimeSpan by)
        {
            if (due is null) return;
            due -= by;
            var left = due.Value - System.GetUtcNow();
            timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.gate) Set(dueTime, every);
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
