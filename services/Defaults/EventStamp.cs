using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>
/// Whose event it is, when it happened and, where it can happen several times, which of them it is.
/// The time comes from the record and not from the clock, so that an event published again is the same event.
/// </summary>
public sealed record EventStamp(string AggregateId, string ReservationId, DateTimeOffset Time, string CorrelationId, int? Attempt = null)
{
    public TEvent On<TEvent>(TEvent unstamped) where TEvent : ResortEvent => (TEvent)(unstamped with
    {
        EventId = Attempt is { } attempt ? $"{AggregateId}:{typeof(TEvent).Name}:{attempt}" : $"{AggregateId}:{typeof(TEvent).Name}",
        ReservationId = ReservationId,
        Time = Time,
        CorrelationId = CorrelationId,
    });
}
