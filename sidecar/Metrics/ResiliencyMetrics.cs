using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Metrics;

/// <summary>What resiliency policies do, by target and direction.</summary>
internal sealed class ResiliencyMetrics(MetricsRegistry all, string @namespace)
{
    private static readonly string[] labels = ["flow_direction", "name", "namespace", "policy", "status", "target"];
    private readonly Counter<(string, string)> loaded = all.Count<(string, string)>("resiliency_loaded", "Number of resiliency policies loaded.", "name", "namespace");
    private readonly Counter<(string, string, string, string, string, string)> executed = all.Count<(string, string, string, string, string, string)>(
        "resiliency_count", "Number of times a resiliency policyKey has been applied to a building block.", labels);
    private readonly Counter<(string, string, string, string, string, string)> activated = all.Count<(string, string, string, string, string, string)>(
        "resiliency_activations_total", "Number of times a resiliency policyKey has been activated in a building block after a failure or after a state change.", labels);
    private readonly Gauge<(string, string, string, string, string, string)> breaker = all.Value<(string, string, string, string, string, string)>(
        "resiliency_cb_state", "A resiliency policy's current CircuitBreakerState state. 0 is closed, 1 is half-open, 2 is open, and -1 is unknown.", labels);

    /// <summary>A Resiliency resource was read.</summary>
    public void Loaded(string resource) => loaded.Add((resource, @namespace));

    /// <summary>The metrics of one target; as in daprd the resource that was read last gives its name to all.</summary>
    public PolicyMetrics Of(string resource, Direction direction, string target)
    {
        var flow = direction == Direction.Inbound ? "inbound" : "outbound";
        return new PolicyMetrics(
            (policy, status) => executed.Add((flow, resource, @namespace, policy, status, target)),
            (policy, status) => activated.Add((flow, resource, @namespace, policy, status, target)),
            (status, value) => breaker.Set((flow, resource, @namespace, PolicyMetrics.Breaker, status, target), value));
    }
}
