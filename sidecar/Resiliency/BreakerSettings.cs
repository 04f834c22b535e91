namespace Resort.Sidecar.Resiliency;

/// <summary>A <c>circuitBreakers</c> entry of a Resiliency resource, with Dapr's defaults.</summary>
internal sealed record BreakerSettings(string Name)
{
    /// <summary>Attempts let through while half open; as many successes in a row close the breaker.</summary>
    public int MaxRequests { get; init; } = 1;

    /// <summary>After this time counts begin anew while closed; zero means never.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long the breaker stays open.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What opens it.</summary>
    public TripRule Trip { get; init; } = TripRule.Default;
}
