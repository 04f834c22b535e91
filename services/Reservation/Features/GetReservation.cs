using Resort.Defaults;

namespace Resort.Reservation.Features;

/// <summary><c>GET /reservations/{reservationid}</c></summary>
public static class GetReservation
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reservations/{reservationid:guid}", HandleAsync)
        .WithSummary("A reservation").AnswersResource<ReservationResource>().Refuses(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid reservationid, ReservationLookup reservations, TimeProvider clock, CancellationToken cancel) =>
        await reservations.FindAsync(reservationid.ToString(), cancel) is { } booking
            ? Hal.Resource(ReservationResource.Of(booking, clock.GetUtcNow()))
            : Problems.NotFound("reservation");
}
