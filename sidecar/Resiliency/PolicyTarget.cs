using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Resiliency;

/// <summary>A component's building block, as the names of default policies spell it.</summary>
internal enum ComponentKind { Binding, Configuration, Crypto, Conversation, Lock, Pubsub, Secretstore, Statestore }

/// <summary>Whether a component is called (outbound) or calls the app (inbound).</summary>
internal enum Direction { Inbound, Outbound }

/// <summary>Policies of one called app, HTTP endpoint or address. Each of its methods has a breaker of its own; those that were used last are kept.</summary>
internal sealed class AppPolicies
{
    private readonly LruCache<Policy>? withBreaker;
    private readonly Policy withoutBreaker;

    public AppPolicies(string app, PolicyDefinition definition, int methods, PolicyMetrics metrics, TimeProvider clock, ILogger log)
    {
        withoutBreaker = new Policy($"endpoint[{app}]", definition, null, metrics, clock, log);
        if (definition.Breaker is { } breaker)
            withBreaker = new LruCache<Policy>(methods, method => new Policy($"endpoint[{app}, {method}]", definition, new CircuitBreaker(method, breaker, metrics, clock, log), metrics, clock, log));
    }

    /// <summary>The breaker's state, or of several methods' breakers that which lets the least through; null if there is none.</summary>
    public BreakerState? State => withBreaker?.Values.Select(policy => policy.State).DefaultIfEmpty(BreakerState.Closed).MaxBy(state => state);

    /// <summary>The policy for a method, which is named by its breaker's key, such as <c>app:method</c>.</summary>
    public Policy For(string key) => withBreaker is null ? withoutBreaker : withBreaker.Get(key);
}
