using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.PubSub;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>
/// The transactional outbox of a state component: each upsert of a transaction is published as an event. State and events become true in one
/// commit if the broker keeps its messages in the database of the store; a broker in memory gets them after the commit.
/// </summary>
internal sealed class Outbox(OutboxSettings settings, Brokers brokers, OutboxRelay relay, string appId, TimeProvider clock) : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> noMetadata = new Dictionary<string, string>();
    private static readonly string[] truths = ["true", "1", "y", "yes", "on"];

    /// <summary>The outbox of a component; null if it has none.</summary>
    /// <exception cref="ResourceException">Store and broker keep their data in two files, so that no commit could hold both.</exception>
    public static Outbox? Create(Component component, IStateStore store, DaprRuntime runtime, ILogger log)
    {
        if (OutboxSettings.Read(component, runtime.Options, log) is not { } settings) return null;
        if (store is SqliteStateStore sqlite && runtime.Brokers.Find(settings.Pubsub)?.Database is { } messages && messages != sqlite.Database)
            throw new ResourceException(component.Metadata.LocationOf("outboxPublishPubsub"), $"the outbox needs state and messages in one file: give `{component.Name}` the connectionString of `{settings.Pubsub}`");
        var relay = new OutboxRelay(settings, runtime.Brokers, runtime.Process.Clock, log);
        return new Outbox(settings, runtime.Brokers, relay, runtime.Options.AppId, runtime.Process.Clock);
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
    public async Task<StateRefusal?> WriteAsync(IStateStore store, IReadOnlyList<StateWrite> writes, IReadOnlyList<OutboxEvent> events)
    {
        var broker = brokers.Get(settings.Pubsub);
        var published = events.Select(one => one.To(settings.Pubsub, settings.Topic)).ToList();
        var isPublished = false;
        var refusal = await store.WriteAllAsync(writes, Enqueue);
        if (refusal is not null || isPublished) return refusal;
        if (broker.Database is null) relay.Add(events);
        else foreach (var data in published) await broker.PublishAsync(settings.Topic, data, noMetadata, CancellationToken.None);
        return null;

        void Enqueue(Database database, Session session) => isPublished = published.TrueForAll(data => broker.TryEnqueue(database, session, settings.Topic, data, noMetadata));
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
