using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Metrics;

/// <summary>The metrics of one target's policies.</summary>
internal sealed class PolicyMetrics(Action<string, string> execute, Action<string, string> activate, Action<string, long> setBreaker)
{
    public const string Breaker = "circuitbreaker";
    private const string Retry = "retry";
    private const string Timeout = "timeout";
    private static readonly string[] states = ["closed", "half-open", "open", "unknown"];

    /// <summary>Counts nothing.</summary>
    public static PolicyMetrics None { get; } = new((_, _) => { }, (_, _) => { }, (_, _) => { });

    /// <summary>An operation runs under the policies that there are.</summary>
    public void Executed(bool hasTimeout, bool hasRetry, BreakerState? state)
    {
        if (hasTimeout) execute(Timeout, "");
        if (hasRetry) execute(Retry, "");
        if (state is not { } known) return;
        execute(Breaker, known.Text());
        Show(known);
    }

    public void TimedOut() => activate(Timeout, "");

    public void Retried() => activate(Retry, "");

    public void Changed(BreakerState state)
    {
        activate(Breaker, state.Text());
        Show(state);
    }

    /// <summary>One sample for each state; that of the present one is 1.</summary>
    private void Show(BreakerState state)
    {
        foreach (var each in states) setBreaker(each, each == state.Text() ? 1 : 0);
    }
}
