using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Logging;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>
/// Dapr's transactional outbox: the record and its event become true together, so nobody has to call again to make up for an event that was lost.
/// The component of the store names the topic, and every transaction of that store goes there.
/// </summary>
public static class Outbox
{
    private const int Rounds = 20; // the records of a busy night change often

    // Without it the data of the event would be text
    private static readonly Dictionary<string, string> isEventData = new() { ["outbox.projection"] = "true", ["contentType"] = "application/json" };

    /// <summary>Load, decide, then record and event in one transaction by etag; decided again on what a competitor wrote meanwhile.</summary>
    /// <param name="dapr">The sidecar.</param>
    /// <param name="store">The component with the outbox.</param>
    /// <param name="key">Of the record.</param>
    /// <param name="decide">Gives the new record and what is published of it, or null when there is nothing to change.</param>
    /// <param name="logger">Told of the rounds that were lost.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The record as it is now, null if there is none; and whether this call changed it.</returns>
    public static async Task<(T? Record, bool IsChanged)> ChangeAndPublishAsync<T, TEvent>(
        this DaprClient dapr, string store, string key, Func<T?, (T Record, TEvent Published)?> decide, ILogger logger, CancellationToken cancel)
        where T : class where TEvent : class, IPublished
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (current, etag) = await dapr.GetStateAndETagAsync<T?>(store, key, cancellationToken: cancel);
            if (decide(current) is not var (changed, published))
                return (current, IsChanged: false);
            if (await dapr.TryExecuteAsync(store, Operations(key, changed, etag ?? "", published), logger, cancel))
                return (changed, IsChanged: true);
        }
        throw new DaprException($"{key} in {store} could not be changed in {Rounds} rounds.");
    }

    private static IReadOnlyList<StateTransactionRequest> Operations<T, TEvent>(string key, T record, string etag, TEvent published)
        where T : class where TEvent : class =>
    [
        StateTransactions.Upsert(key, record, etag, new Dictionary<string, string> { ["type"] = typeof(TEvent).Name }),
        StateTransactions.Upsert(key, published, metadata: isEventData),
    ];
}
