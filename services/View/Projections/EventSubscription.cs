using System.Text.Json;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>View hears of everything that happens to a reservation.</summary>
public static partial class EventSubscription
{
    // where the course of a request ends: a line for each event would cost more than all the rest of the log
    private static readonly string[] ends =
        [nameof(ReservationConfirmed), nameof(ReservationRejected), nameof(ReservationCancelled), nameof(CancellationRefused), nameof(TicketCheckedIn)];

    private static readonly string[] topics =
    [
        Topics.ReservationHeld, Topics.ReservationPaid, Topics.ReservationConfirmed, Topics.ReservationRejected,
        Topics.ReservationChanged, Topics.ReservationCancelling, Topics.ReservationCancelled, Topics.CancellationRefused,
        Topics.PaymentPaid, Topics.PaymentDeclined, Topics.PaymentAwaitingDeposit, Topics.PaymentRefunded, Topics.PaymentVoided,
        Topics.TicketIssued, Topics.TicketCheckedIn, Topics.TicketCancelled,
        Topics.PointsEarned, Topics.PointsReversed, Topics.PointsRestored,
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var topic in topics)
            routes.MapEvents(Apps.View, topic, Read, WriteAsync);
    }

    private static async Task WriteAsync(IReadOnlyList<Arrival> arrivals, IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<ViewWriter>().WriteAsync([.. arrivals.Select(arrival => arrival.Event)]);
        foreach (var (logged, delivered) in arrivals.Where(arrival => ends.Contains(arrival.Event.Name)))
        {
            using var trace = EventTrace.Continue(delivered.TraceParent, logged.Name);
            Shown(services.GetRequiredService<ILogger<ViewWriter>>(), logged.Name, logged.ReservationId, DeliveredEvent.Text(delivered.Data, "correlationid"));
        }
    }

    // Read once here, so that what cannot be folded never gets into the log
    private static Arrival Read(DeliveredEvent delivered)
    {
        var facts = delivered.Data.Deserialize<EventFacts>(WireJson.Options);
        var reservationId = delivered.Data.TryGetProperty("reservationid", out var id) ? id.GetString() : null;
        if (facts is not { EventId.Length: > 0 } || string.IsNullOrEmpty(reservationId))
            throw new JsonException("The event has no eventid or no reservationid.");
        return new(new() { EventId = facts.EventId, ReservationId = reservationId, Name = delivered.Type, Data = delivered.Data.GetRawText() }, delivered);
    }

    [LoggerMessage(4000, LogLevel.Information, "{Event} of reservation {ReservationId} is shown ({CorrelationId})")]
    private static partial void Shown(ILogger logger, string @event, string reservationId, string correlationId);

    private readonly record struct Arrival(LoggedEvent Event, DeliveredEvent Delivered);
}
