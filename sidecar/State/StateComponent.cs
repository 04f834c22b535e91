using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.State;

/// <summary>A <c>state.*</c> component: its store, and what all stores have in common.</summary>
internal sealed class StateComponent(string name, IStateStore store, KeyPrefix prefix, Policy policy, StateCleanup cleanup, Outbox? outbox) : IAsyncDisposable
{
    /// <summary>A refused write counts as a failure for a breaker; it is not repeated, as it would be refused again.</summary>
    private static readonly Failure? refused = new Failure(Permanent: true);

    public string Name => name;
    public IStateStore Store => store;

    /// <summary>Publishes what transactions write; null if the component has none.</summary>
    public Outbox? Outbox => outbox;

    /// <summary>Timeouts, retries and the breaker for what is asked of the store.</summary>
    public Policy Policy => policy;

    /// <summary>Does writes each by itself, under the policy: what refused each, or null.</summary>
    public Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancel) =>
        policy.RunAsync(token => store.WriteEachAsync(writes).WaitAsync(token), refusals => Array.Exists(refusals, refusal => refusal is not null) ? refused : null, cancel);

    /// <summary>Does all writes or none, under the policy: what refused them, or null. Events become true with the writes.</summary>
    public Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events, CancellationToken cancel) => policy.RunAsync(
        token => (outbox is null || events.Count == 0 ? store.WriteAllAsync(writes) : outbox.WriteAsync(store, writes, events)).WaitAsync(token),
        refusal => refusal is null ? null : refused, cancel);

    /// <summary>The key in the store; null if an app may not use this key.</summary>
    public string? FullKey(string key) => KeyPrefix.Allows(key) ? prefix.Full(key) : null;

    public async ValueTask DisposeAsync()
    {
        if (outbox is not null) await outbox.DisposeAsync();
        await cleanup.DisposeAsync();
        await store.DisposeAsync();
    }
}
