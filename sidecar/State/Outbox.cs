using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.PubSub;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>
/// The transactional outbox of a state component: each upsert of a transaction is published as an event. State and events become true in one
/// commit: the events go into the broker's database if that is the store's, too; otherwise into the store, as entries that no app can reach, from
/// where the relay publishes them.
/// </summary>
internal sealed class Outbox(OutboxSettings settings, Brokers brokers, IStateStore store, OutboxRelay relay, string appId, TimeProvider clock) : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> noMetadata = new Dictionary<string, string>();
    private static readonly string[] truths = ["true", "1", "y", "yes", "on"];

    /// <summary>The outbox of a component; null if it has none.</summary>
    public static Outbox? Create(Component component, IStateStore store, DaprRuntime runtime, ILogger log)
    {
        if (OutboxSettings.Read(component, runtime.Options, log) is not { } settings) return null;
        var relay = new OutboxRelay(settings, store, runtime.Brokers, runtime.Process.Clock, log);
        return new Outbox(settings, runtime.Brokers, store, relay, runtime.Options.AppId, runtime.Process.Clock);
    }

    /// <summary>The events of a transaction. Its projections, which only give an event its data, are taken out of the operations.</summary>
    /// <exception cref="DaprException">There are events, and they cannot be published.</exception>
    public IReadOnlyList<OutboxEvent> Take(List<PreparedOperation> operations, (string Parent, string State) trace)
    {
        var projections = new Dictionary<string, StateItem>(StringComparer.Ordinal);
        foreach (var projection in operations.Where(IsProjection)) projections[projection.FullKey] = projection.Item;
        operations.RemoveAll(IsProjection);
        var events = operations.Where(operation => operation.IsUpsert)
            .Select(upsert => new OutboxEvent(upsert.Item, projections.GetValueOrDefault(upsert.FullKey, upsert.Item), appId, trace, clock)).ToList();
        if (events.Count > 0)
        {
            Check(settings.InternalPubsub, settings.InternalTopic);
            Check(settings.Pubsub, settings.Topic);
        }
        return events;
    }

    /// <summary>Does all writes and publishes the events, or neither: what refused the writes, or null.</summary>
    /// <exception cref="StorageException">The store failed; if it has done the writes all the same, the events are published.</exception>
    public Task<StateRefusal?> WriteAsync(IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events)
    {
        var broker = brokers.Get(settings.Pubsub);
        return store is SqliteStateStore sqlite && sqlite.Database == broker.Database ? EnqueueAsync(broker, writes, events) : LeaveAsync(writes, events);
    }

    private Task<StateRefusal?> EnqueueAsync(PubSubComponent broker, IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events)
    {
        var published = events.Select(one => one.To(settings.Pubsub, settings.Topic)).ToList();
        return store.WriteAllAsync(writes, (database, session) => published.ForEach(data => broker.TryEnqueue(database, session, settings.Topic, data, noMetadata)));
    }

    private async Task<StateRefusal?> LeaveAsync(IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events)
    {
        var left = events.Select(one => new StateWrite(settings.KeyOf(one), one.To(settings.Pubsub, settings.Topic), null, FirstWrite: false, ExpiresAt: null));
        var isRefused = false;
        try
        {
            var refusal = await store.WriteAllAsync([.. writes, .. left]);
            isRefused = refusal is not null;
            return refusal;
        }
        finally
        {
            if (!isRefused) relay.Add(events); // also after a failure, which does not tell whether the store has done it
        }
    }

    public ValueTask DisposeAsync() => relay.DisposeAsync();

    private void Check(string pubsub, string topic)
    {
        if (brokers.Find(pubsub) is not { } component) throw new DaprException(Errors.StateOutbox(appId, $"pubsub '{pubsub}' not found"));
        if (!component.MayPublish(topic)) throw new DaprException(Errors.StateOutbox(appId, $"topic {topic} is not allowed for app id {appId}"));
    }

    private static bool IsProjection(PreparedOperation operation) =>
        operation is { IsUpsert: true, Item.Metadata: { } metadata } && metadata.TryGetValue("outbox.projection", out var text) && truths.Contains(text.ToLowerInvariant());
}
