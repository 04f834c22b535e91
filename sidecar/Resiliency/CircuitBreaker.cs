using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Resiliency;

/// <summary>
/// Lets attempts through while they mostly succeed. Closed: all pass, and <c>trip</c> is asked after each failure. Open: none passes. Half open:
/// a few pass; the first failure opens it again, enough successes close it. An attempt that ends after a change of state is not counted.
/// </summary>
internal sealed class CircuitBreaker(string name, BreakerSettings settings, PolicyMetrics metrics, TimeProvider clock, ILogger log)
{
    private readonly Lock gate = new();
    private BreakerState state = BreakerState.Closed;
    private BreakerCounts counts;
    private long generation;
    private DateTimeOffset? until = Expiry(settings.Interval, clock);

    /// <summary>The state at this moment.</summary>
    public BreakerState State
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return state;
            }
        }
    }

    /// <summary>Begins an attempt; what it returns goes back to <see cref="Leave"/>.</summary>
    /// <exception cref="ResiliencyException">The breaker is open, or half open and busy.</exception>
    public long Enter()
    {
        lock (gate)
        {
            Refresh();
            if (state == BreakerState.Open) throw ResiliencyException.BreakerOpen();
            if (state == BreakerState.HalfOpen && counts.Requests >= settings.MaxRequests) throw ResiliencyException.TooManyRequests();
            counts = counts with { Requests = counts.Requests + 1 };
            return generation;
        }
    }

    /// <summary>Ends an attempt.</summary>
    public void Leave(long entered, bool succeeded)
    {
        lock (gate)
        {
            Refresh();
            if (entered != generation) return;
            if (succeeded) Succeeded();
            else Failed();
        }
    }

    private void Succeeded()
    {
        counts = counts with { TotalSuccesses = counts.TotalSuccesses + 1, ConsecutiveSuccesses = counts.ConsecutiveSuccesses + 1, ConsecutiveFailures = 0 };
        if (state == BreakerState.HalfOpen && counts.ConsecutiveSuccesses >= settings.MaxRequests) Become(BreakerState.Closed);
    }

    private void Failed()
    {
        counts = counts with { TotalFailures = counts.TotalFailures + 1, ConsecutiveFailures = counts.ConsecutiveFailures + 1, ConsecutiveSuccesses = 0 };
        if (state == BreakerState.HalfOpen || settings.Trip.Holds(counts)) Become(BreakerState.Open);
    }

    /// <summary>What the time alone changes: an open breaker becomes half open, a closed one forgets its counts.</summary>
    private void Refresh()
    {
        if (until is not { } end || clock.GetUtcNow() <= end) return;
        if (state == BreakerState.Open) Become(BreakerState.HalfOpen);
        else BeginGeneration();
    }

    private void Become(BreakerState next)
    {
        ResiliencyLog.BreakerChanged(log, name, state.Text(), next.Text());
        state = next;
        metrics.Changed(next);
        BeginGeneration();
    }

    private void BeginGeneration()
    {
        generation++;
        counts = default;
        until = state switch
        {
            BreakerState.Closed => Expiry(settings.Interval, clock),
            BreakerState.Open => clock.GetUtcNow() + settings.Timeout,
            _ => null,
        };
    }

    private static DateTimeOffset? Expiry(TimeSpan interval, TimeProvider clock) => interval > TimeSpan.Zero ? clock.GetUtcNow() + interval : null;
}

/// <summary>The states of a breaker; the greater, the less passes.</summary>
internal enum BreakerState { Closed, HalfOpen, Open }

/// <summary>The words of Dapr's log for the states.</summary>
internal static class BreakerStateText
{
    public static string Text(this BreakerState state) => state switch { BreakerState.Closed => "closed", BreakerState.Open => "open", _ => "half-open" };
}
