using Microsoft.AspNetCore.Http.HttpResults;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Desk;
using Resort.Workflows;

namespace Resort.Reservation.Features;

/// <summary>What whoever booked is told. It follows from order and outcome alone, so it is the same whenever it is told again.</summary>
internal static class BookingAnswer
{
    private const string PaymentUnavailable = "payment_unavailable";
    private const string RetryAfter = "10"; // seconds: longer than the breaker stays open

    public static IResult Of(BookingOrder order, BookingOutcome? outcome, HttpResponse response, DateTimeOffset now) => outcome switch
    {
        null => Hal.Json(Resource(order, now), StatusCodes.Status202Accepted),
        { Status: ReservationStatus.AwaitingDeposit } => Hal.Json(
            Resource(order, now, outcome.DepositDeadline, ReservationStatus.Held, ReservationStatus.AwaitingDeposit), StatusCodes.Status202Accepted),
        { Status: ReservationStatus.Rejected } => Rejected(order, outcome.Reason, response),
        { Status: ReservationStatus.Cancelling or ReservationStatus.Cancelled } =>
            Problem(order, StatusCodes.Status409Conflict, "cancelled", "It was cancelled before it was paid."),
        _ => Hal.Json(Resource(order, now, null, ReservationStatus.Held, ReservationStatus.Paid), StatusCodes.Status201Created),
    };

    /// <summary>Nothing was made of the order, under its key neither.</summary>
    public static IResult NotBegun(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfter;
        return Problems.Problem(StatusCodes.Status503ServiceUnavailable, PaymentUnavailable,
            "Payments cannot be made at present; nothing is reserved or charged. Please try again.");
    }

    private static ProblemHttpResult Rejected(BookingOrder order, RejectionReason? reason, HttpResponse response)
    {
        switch (reason)
        {
            case RejectionReason.SoldOut:
                return Problem(order, StatusCodes.Status409Conflict, "sold_out", "There are not enough rooms on every night.");
            case RejectionReason.PaymentDeclined:
                return Problem(order, StatusCodes.Status402PaymentRequired, "payment_declined", "The card was declined.");
            default:
                response.Headers.RetryAfter = RetryAfter;
                return Problem(order, StatusCodes.Status503ServiceUnavailable, PaymentUnavailable,
                    "The payment could not be made; nothing is charged. Please try again, with a new Idempotency-Key if you use them.");
        }
    }

    private static ProblemHttpResult Problem(BookingOrder order, int status, string type, string detail) =>
        TypedResults.Problem(statusCode: status, type: $"urn:resort:{type}", detail: detail,
            extensions: new Dictionary<string, object?> { ["reservationid"] = order.ReservationId });

    // What the saga left behind, without asking the store for it
    private static ReservationResource Resource(BookingOrder order, DateTimeOffset now, DateTimeOffset? depositDeadline = null, params ReservationStatus[] moves)
    {
        var requested = Bookings.Requested(order) with { DepositDeadline = depositDeadline };
        return ReservationResource.Of(moves.Aggregate(requested, (booking, status) => booking.To(status, now)), now);
    }
}
