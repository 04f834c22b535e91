using Dapr.Client;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>
/// Dapr's transactional outbox: the record and its event become true together, so nobody has to call again to make up for an event that was lost.
/// The component of the store names the topic, and every transaction of that store goes there.
/// </summary>
public static class Outbox
{
    // Without it the data of the event would be text
    private static readonly Dictionary<string, string> isEventData = new() { ["outbox.projection"] = "true", ["contentType"] = "application/json" };

    /// <summary>The operations of a transaction that changes a record and publishes what happened to it.</summary>
    public static IReadOnlyList<StateTransactionRequest> Operations<T, TEvent>(string key, T record, string etag, TEvent published)
        where T : class where TEvent : class, IPublished =>
    [
        StateTransactions.Upsert(key, record, etag, new Dictionary<string, string> { ["type"] = typeof(TEvent).Name }),
        StateTransactions.Upsert(key, published, metadata: isEventData),
    ];
}
