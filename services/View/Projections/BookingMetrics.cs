using System.Diagnostics.Metrics;
using System.Text.Json;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>
/// What the business wants to know, for OpenTelemetry: how bookings end, and how long they and their tickets take. Counted here because here
/// each event comes to be known once. A reservation's id has the time of its request in it.
/// </summary>
public sealed class BookingMetrics
{
    private readonly Counter<long> outcomes;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> ticket;

    public BookingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Resort.Bookings");
        outcomes = meter.CreateCounter<long>("resort.bookings", "{booking}", "Reservations by outcome; a cancelled one was confirmed before, mostly.");
        duration = meter.CreateHistogram<double>("resort.booking.duration", "s", "From the request to the end of the saga.");
        ticket = meter.CreateHistogram<double>("resort.booking.time_to_ticket", "s", "From the request to the ticket.");
    }

    /// <summary>Counts events that have become known just now.</summary>
    public void Count(IEnumerable<LoggedEvent> events)
    {
        if (!outcomes.Enabled && !duration.Enabled && !ticket.Enabled)
            return;
        foreach (var known in events)
            Count(known);
    }

    private void Count(LoggedEvent known)
    {
        switch (known.Name)
        {
            case nameof(ReservationPaid):
                Took(duration, known, "Paid");
                break;
            case nameof(ReservationRejected):
                outcomes.Add(1, new("outcome", "Rejected"), new("reason", Facts(known).Reason));
                Took(duration, known, "Rejected");
                break;
            case nameof(ReservationConfirmed):
                outcomes.Add(1, new KeyValuePair<string, object?>("outcome", "Confirmed"));
                break;
            case nameof(ReservationCancelled):
                outcomes.Add(1, new KeyValuePair<string, object?>("outcome", "Cancelled"));
                break;
            case nameof(TicketIssued):
                Took(ticket, known, "Issued");
                break;
        }
    }

    private static void Took(Histogram<double> histogram, LoggedEvent known, string outcome)
    {
        if (RequestedAt(known.ReservationId) is { } requested)
            histogram.Record((Facts(known).Time - requested).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private static EventFacts Facts(LoggedEvent known) => JsonSerializer.Deserialize<EventFacts>(known.Data, WireJson.Options)!;

    /// <summary>The milliseconds at the head of a UUID of version 7.</summary>
    private static DateTimeOffset? RequestedAt(string reservationId) =>
        Guid.TryParse(reservationId, out var id) && id.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16))
            : null;
}
