using Resort.Defaults;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Features;

/// <summary><c>GET /reservations/{reservationid}</c></summary>
public static class GetReservation
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/reservations/{reservationid:guid}", HandleAsync);

    private static async Task<IResult> HandleAsync(Guid reservationid, ILedgerStore ledger, CancellationToken cancel) =>
        await ledger.FindAsync(reservationid.ToString(), cancel) is { } booking ? Hal.Json(ReservationResource.Of(booking)) : Problems.NotFound("reservation");
}
