using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>
/// Whose event it is, when it happened and, where it can happen several times, which of them it is.
/// The time comes from the record and not from the clock, so that an event published again is the same event.
/// </summary>
public sealed record EventStamp(string AggregateId, string ReservationId, DateTimeOffset Time, string CorrelationId, int? Attempt = null);

/// <summary>
/// Publishes an event under its deterministic id, keyed by reservation. What is to be published on a topic while a call is under way
/// goes together in the next one.
/// </summary>
public sealed class EventPublisher(BulkPublisher bulk)
{
    private const int LargestGroup = 100;

    private readonly ConcurrentDictionary<string, GroupServer<OutgoingEvent>> topics = new();

    /// <returns>Completes when the broker has it.</returns>
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
        var outgoing = new OutgoingEvent(
            published.EventId, name, published.ReservationId, Activity.Current?.Id, JsonSerializer.SerializeToUtf8Bytes(published, WireJson.Options));
        topics.GetOrAdd(TEvent.Topic, topic => new(LargestGroup, group => bulk.PublishAsync(topic, group))).Add(outgoing);
        return outgoing.Done.WaitAsync(cancel);
    }
}
