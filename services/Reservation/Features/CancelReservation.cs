using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Sagas;

namespace Resort.Reservation.Features;

/// <summary><c>DELETE /reservations/{reservationid}</c>: accepted whenever Reservation is up, also when Payment is not.</summary>
public static class CancelReservation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/reservations/{reservationid:guid}", HandleAsync)
            .WithSummary("Cancels a reservation and gives the money back")
            .Answers(StatusCodes.Status202Accepted, "Location").Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid reservationid, ReservationLookup reservations, ISagas sagas, HttpContext context)
    {
        var cancel = context.RequestAborted;
        var booking = await reservations.FindAsync(reservationid.ToString(), cancel);
        switch (booking?.Status)
        {
            case null:
                return Problems.NotFound("reservation");
            case ReservationStatus.Cancelled:
                return TypedResults.NoContent();
            case ReservationStatus.Cancelling:
                break; // its saga runs
            case var _ when booking.May(ReservationStatus.Cancelling):
                await sagas.CancelAsync(new(booking.ReservationId, booking.Stay, CorrelationId.Of(context)), cancel);
                break;
            case var status:
                return Problems.Problem(StatusCodes.Status409Conflict, "not_cancellable", $"A reservation that is {status} cannot be cancelled.");
        }
        context.Response.Headers.Location = ReservationResource.Path(booking.ReservationId);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }
}
