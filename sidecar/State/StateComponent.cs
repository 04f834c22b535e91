using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.State;

/// <summary>A <c>state.*</c> component: its store, and what all stores have in common.</summary>
internal sealed class StateComponent(string name, IStateStore store, KeyPrefix prefix, Policy policy, ComponentMetrics metrics, StateCleanup cleanup, Outbox? outbox) : IAsyncDisposable
{
    public string Name => name;
    public IStateStore Store => store;

    /// <summary>Publishes what transactions write; null if the component has none.</summary>
    public Outbox? Outbox => outbox;

    /// <summary>Reads a key as it is in the store, under the policy.</summary>
    public Task<StateEntry?> GetAsync(string fullKey, CancellationToken cancel) =>
        metrics.StateAsync(name, "get", () => policy.RunAsync(token => store.GetAsync(fullKey).WaitAsync(token), cancel), _ => true);

    /// <summary>Reads keys as they are in the store, under the policy.</summary>
    public Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> fullKeys, CancellationToken cancel) =>
        metrics.StateAsync(name, "bulk_get", () => policy.RunAsync(token => store.GetManyAsync(fullKeys).WaitAsync(token), cancel), _ => true);

    /// <summary>
    /// Does writes each by itself, under the policy: what refused them, those that were <paramref name="refused"/> beforehand included. An attempt
    /// after that which reached the store writes nothing again. <paramref name="operation"/> is <c>set</c> or <c>delete</c>.
    /// </summary>
    public Task<IReadOnlyList<StateRefusal>> WriteEachAsync(string operation, IReadOnlyList<StateWrite> writes, IReadOnlyList<StateRefusal> refused, CancellationToken cancel)
    {
        IReadOnlyList<StateRefusal>? refusals = writes.Count == 0 ? refused : null;
        return metrics.StateAsync(name, operation, () => policy.RunAsync(
            async token => refusals ??= [.. refused, .. (await store.WriteEachAsync(writes).WaitAsync(token)).OfType<StateRefusal>()], Judge, cancel), all => all.Count == 0);
    }

    /// <summary>Does all writes or none, under the policy: what refused them, or null. Events become true with the writes.</summary>
    public Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events, CancellationToken cancel) =>
        metrics.StateAsync(name, "transaction", () => policy.RunAsync(
            token => (outbox is null || events.Count == 0 ? store.WriteAllAsync(writes) : outbox.WriteAsync(writes, events)).WaitAsync(token),
            refusal => Judge(refusal is null ? [] : [refusal]), cancel), refusal => refusal is null);

    /// <summary>What was refused before it reached the store counts for the policy all the same.</summary>
    public Task<StateRefusal?> RefuseAsync(StateRefusal refusal, CancellationToken cancel) =>
        policy.RunAsync(_ => Task.FromResult<StateRefusal?>(refusal), _ => Judge([refusal]), cancel);

    /// <summary>The key in the store; null if an app may not use this key.</summary>
    public string? FullKey(string key) => KeyPrefix.Allows(key) ? prefix.Full(key) : null;

    /// <summary>An etag that does not match is not asked for again, as it would not match then either; a breaker counts it like any other failure.</summary>
    private static Failure? Judge(IReadOnlyList<StateRefusal> refusals) => refusals.Count == 0 ? null : new Failure(Permanent: refusals.All(refusal => refusal.IsEtagMismatch));

    public async ValueTask DisposeAsync()
    {
        if (outbox is not null) await outbox.DisposeAsync();
        await cleanup.DisposeAsync();
        await store.DisposeAsync();
    }
}
