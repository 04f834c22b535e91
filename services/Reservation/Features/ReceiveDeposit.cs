using Microsoft.AspNetCore.Http.HttpResults;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Domain;
using Resort.Reservation.Neighbours;
using Resort.Reservation.Sagas;

namespace Resort.Reservation.Features;

/// <summary>
/// <c>POST /reservations/{reservationid}/deposit</c>: staff has seen the transfer. Payment's record decides whether it came in time; then the saga is
/// woken. Should that get lost, the saga finds the payment at its deadline. May be repeated.
/// </summary>
public sealed class ReceiveDeposit(ReservationLookup reservations, PaymentClient payment, ISagas sagas)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/reservations/{reservationid:guid}/deposit", (Guid reservationid, ReceiveDeposit feature, HttpContext context) =>
                feature.HandleAsync(reservationid.ToString(), context))
            .WithSummary("The transfer has arrived, for staff")
            .Answers(StatusCodes.Status202Accepted, "Location").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private async Task<IResult> HandleAsync(string reservationId, HttpContext context)
    {
        var booking = await reservations.FindAsync(reservationId, context.RequestAborted);
        if (booking is null)
            return Problems.NotFound("reservation");
        if (booking.Status is ReservationStatus.AwaitingDeposit)
        {
            var received = await payment.ReceiveDepositAsync(reservationId, CorrelationId.Of(context));
            if (received.PaymentStatus is not PaymentStatus.Paid)
                return Refuse("The deposit came too late: nothing is awaited any longer.");
            await sagas.TellDepositedAsync(reservationId);
        }
        else if (!IsDeposited(booking))
        {
            return Refuse($"A reservation that is {booking.Status} awaits no deposit.");
        }
        context.Response.Headers.Location = ReservationResource.Path(reservationId);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static bool IsDeposited(Booking booking) =>
        booking.PaymentType is PaymentType.Transfer && booking.Status is ReservationStatus.Paid or ReservationStatus.Confirmed or ReservationStatus.CheckedIn;

    private static ProblemHttpResult Refuse(string detail) => Problems.Problem(StatusCodes.Status409Conflict, "no_deposit_awaited", detail);
}
