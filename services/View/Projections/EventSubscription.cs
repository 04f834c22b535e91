using System.Text.Json;
using Resort.Contracts;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>View hears of everything that happens to a reservation.</summary>
public static class EventSubscription
{
    private static readonly string[] topics =
    [
        Topics.ReservationHeld, Topics.ReservationPaid, Topics.ReservationConfirmed, Topics.ReservationRejected,
        Topics.ReservationCancelling, Topics.ReservationCancelled, Topics.CancellationRefused,
        Topics.PaymentPaid, Topics.PaymentDeclined, Topics.PaymentAwaitingDeposit, Topics.PaymentRefunded, Topics.PaymentVoided,
        Topics.TicketIssued, Topics.TicketCheckedIn, Topics.TicketCancelled,
        Topics.PointsEarned, Topics.PointsReversed, Topics.PointsRestored,
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var topic in topics)
            routes.MapEvents(Apps.View, topic, Read, (events, services, _) => services.GetRequiredService<ViewWriter>().WriteAsync(events));
    }

    // Read once here, so that what cannot be folded never gets into the log
    private static LoggedEvent Read(DeliveredEvent delivered)
    {
        var facts = delivered.Data.Deserialize<EventFacts>(WireJson.Options);
        var reservationId = delivered.Data.TryGetProperty("reservationid", out var id) ? id.GetString() : null;
        if (facts is not { EventId.Length: > 0 } || string.IsNullOrEmpty(reservationId))
            throw new JsonException("The event has no eventid or no reservationid.");
        return new() { EventId = facts.EventId, ReservationId = reservationId, Name = delivered.Type, Data = delivered.Data.GetRawText() };
    }
}
