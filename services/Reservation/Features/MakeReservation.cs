using Microsoft.AspNetCore.Http.HttpResults;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Domain;
using Resort.Reservation.Sagas;
using Resort.Workflows;

namespace Resort.Reservation.Features;

/// <summary><c>POST /reservations</c>: starts the saga and waits for its outcome.</summary>
public sealed class MakeReservation(ResortCatalogue catalogue, ReservationRules rules, ISagas sagas, BookingSettings settings, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/reservations", (ReservationRequest request, MakeReservation feature, HttpContext context) => feature.HandleAsync(request, context));

    private async Task<IResult> HandleAsync(ReservationRequest request, HttpContext context)
    {
        var resort = request.Resort is { Length: > 0 } named ? await catalogue.FindAsync(named) : null;
        var errors = rules.Check(request, resort);
        if (errors.Count > 0)
            return Refuse(errors, request, resort);

        var order = Order(request, resort!, context);
        // Not tied to the connection: once started, the saga goes on when the customer hangs up.
        var outcome = await sagas.BookAsync(order, settings.Patience, CancellationToken.None);
        context.Response.Headers.Location = ReservationResource.Path(order.ReservationId);
        return outcome switch
        {
            null => Hal.Json(Resource(order, paid: false), StatusCodes.Status202Accepted),
            { Status: ReservationStatus.Rejected } => Rejected(order, outcome.Reason, context),
            { Status: ReservationStatus.Cancelling or ReservationStatus.Cancelled } =>
                Problem(order, StatusCodes.Status409Conflict, "cancelled", "It was cancelled before it was paid."),
            _ => Hal.Json(Resource(order, paid: true), StatusCodes.Status201Created),
        };
    }

    private static ProblemHttpResult Refuse(Dictionary<string, string[]> errors, ReservationRequest request, ResortEntry? resort) =>
        errors.ContainsKey("cost") && errors.Count == 1
            ? Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors,
                new Dictionary<string, object?> { ["cost"] = resort!.Price(request.Rooms!.Value, request.Nights ?? 1) })
            : Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);

    private static ProblemHttpResult Rejected(BookingOrder order, RejectionReason? reason, HttpContext context)
    {
        switch (reason)
        {
            case RejectionReason.SoldOut:
                return Problem(order, StatusCodes.Status409Conflict, "sold_out", "There are not enough rooms on every night.");
            case RejectionReason.PaymentDeclined:
                return Problem(order, StatusCodes.Status402PaymentRequired, "payment_declined", "The card was declined.");
            default:
                context.Response.Headers.RetryAfter = "10";
                return Problem(order, StatusCodes.Status503ServiceUnavailable, "payment_unavailable",
                    "The payment could not be made; nothing is charged. Please try again.");
        }
    }

    private static ProblemHttpResult Problem(BookingOrder order, int status, string type, string detail) =>
        TypedResults.Problem(statusCode: status, type: $"urn:resort:{type}", detail: detail,
            extensions: new Dictionary<string, object?> { ["reservationid"] = order.ReservationId });

    private BookingOrder Order(ReservationRequest request, ResortEntry resort, HttpContext context) => new()
    {
        ReservationId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        Cost = resort.Price(request.Rooms!.Value, request.Nights ?? 1),
        PaymentType = PaymentType.Card,
        CardToken = request.CardToken,
        CorrelationId = CorrelationId.Of(context),
        Stay = new()
        {
            ResortId = resort.Id,
            Resort = resort.Resort,
            Region = resort.Region,
            Date = request.Date!.Value,
            Nights = request.Nights ?? 1,
            Rooms = request.Rooms.Value,
            Persons = request.Persons!.Value,
            Name = request.Name!,
            Phone = request.Phone!,
            Email = request.Email,
            Needs = request.Needs,
        },
    };

    // What the saga left behind, without asking the store for it
    private ReservationResource Resource(BookingOrder order, bool paid)
    {
        var requested = Booking.Requested(order.ReservationId, order.Stay, order.Cost, order.PaymentType, order.CorrelationId);
        var now = clock.GetUtcNow();
        return ReservationResource.Of(paid ? requested.To(ReservationStatus.Held, now).To(ReservationStatus.Paid, now) : requested);
    }
}
