using Resort.Sidecar.Components;

namespace Resort.Sidecar.Resiliency;

/// <summary>All Resiliency resources of a sidecar taken together: policies by name, and what the targets say.</summary>
internal sealed class ResiliencySettings
{
    public Dictionary<string, TimeSpan> Timeouts { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, RetryPolicy> Retries { get; } = new(BuiltInRetries.All, StringComparer.Ordinal);
    public Dictionary<string, BreakerSettings> Breakers { get; } = new(StringComparer.Ordinal);

    /// <summary>Targets by app id, HTTP endpoint or address, and for how many methods of each breakers are kept.</summary>
    public Dictionary<string, (PolicyDefinition Definition, int Methods)> Apps { get; } = new(StringComparer.Ordinal);

    /// <summary>Component targets; a component that is a target is in here with both directions.</summary>
    public Dictionary<(string Name, Direction Direction), PolicyDefinition> Components { get; } = [];

    /// <summary>The default policies of a kind of target, for each part the first level's that exists: <c>Default{level}RetryPolicy</c> and so on.</summary>
    public PolicyDefinition Default(params string[] levels) =>
        Definition(First(Timeouts, levels, "Timeout"), First(Retries, levels, "Retry"), First(Breakers, levels, "CircuitBreaker"));

    /// <summary>The definition made of named policies; a part without a name does not apply.</summary>
    /// <exception cref="ResourceException">There is no policy of a name.</exception>
    public PolicyDefinition Definition(Fields? target) => target is null
        ? PolicyDefinition.None
        : Definition(Named(Timeouts, target, "timeout"), Named(Retries, target, "retry"), Named(Breakers, target, "circuitBreaker"));

    private PolicyDefinition Definition(string? timeout, string? retry, string? breaker) => new(
        timeout is not null && Timeouts[timeout] > TimeSpan.Zero ? Timeouts[timeout] : null,
        retry is null ? null : Retries[retry],
        breaker is null ? null : Breakers[breaker]);

    private static string? First<T>(Dictionary<string, T> policies, string[] levels, string part) =>
        levels.Select(level => $"Default{level}{part}Policy").FirstOrDefault(policies.ContainsKey);

    private static string? Named<T>(Dictionary<string, T> policies, Fields target, string field)
    {
        if (target.Text(field) is not { Length: > 0 } name) return null;
        return policies.ContainsKey(name) ? name : throw target.Wrong(field, policies.Count == 0 ? "the name of a policy, of which there is none" : $"one of the policies {string.Join(", ", policies.Keys.Order(StringComparer.Ordinal))}");
    }
}
