using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>
/// Whose event it is, when it happened and, where it can happen several times, which of them it is.
/// The time comes from the record and not from the clock, so that an event published again is the same event.
/// </summary>
public sealed record EventStamp(string AggregateId, string ReservationId, DateTimeOffset Time, string CorrelationId, int? Attempt = null);

/// <summary>Publishes an event under its deterministic id, keyed by reservation.</summary>
public sealed class EventPublisher(DaprClient dapr)
{
    public Task PublishAsync<TEvent>(TEvent unstamped, EventStamp stamp, CancellationToken cancel) where TEvent : ResortEvent, IPublished
    {
        var name = typeof(TEvent).Name;
        var published = (TEvent)(unstamped with
        {
            EventId = stamp.Attempt is { } attempt ? $"{stamp.AggregateId}:{name}:{attempt}" : $"{stamp.AggregateId}:{name}",
            ReservationId = stamp.ReservationId,
            Time = stamp.Time,
            CorrelationId = stamp.CorrelationId,
        });
        return dapr.PublishEventAsync(Components.PubSub, TEvent.Topic, published, new Dictionary<string, string>
        {
            ["cloudevent.id"] = published.EventId,
            ["cloudevent.type"] = name,
            ["partitionKey"] = published.ReservationId, // a partitioned broker keeps one reservation's events in order
        }, cancel);
    }
}
