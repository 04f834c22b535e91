using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary><c>GET /reservations/{reservationid}</c></summary>
public static class GetReservation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reservations/{reservationid:guid}", async (Guid reservationid, DaprClient dapr, CancellationToken cancel) =>
            await dapr.GetStateAsync<Booking?>(Components.ReservationStore, DaprLedgerStore.Key(reservationid.ToString()), cancellationToken: cancel) is { } booking
                ? (IResult)Hal.Json(ReservationResource.Of(booking))
                : Problems.NotFound("reservation"));
}
