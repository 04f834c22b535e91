using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Resort.Contracts.Events;

namespace Resort.Defaults;

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
        var published = stamp.On(unstamped);
        var data = JsonSerializer.SerializeToUtf8Bytes(published, WireJson.Options);
        var outgoing = new OutgoingEvent(published.EventId, typeof(TEvent).Name, published.ReservationId, Activity.Current?.Id, data);
        topics.GetOrAdd(TEvent.Topic, topic => new(LargestGroup, group => bulk.PublishAsync(topic, group))).Add(outgoing);
        return outgoing.Done.WaitAsync(cancel);
    }
}
