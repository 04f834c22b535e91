using System.Text.Json;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;
using Resort.Reservation.Events;

namespace Resort.Reservation.Features;

/// <summary>
/// <c>PATCH /reservations/{reservationid}</c>: contact and needs, as a merge patch. Saved, then published; who did not hear the answer asks
/// again, which changes nothing more and publishes again. Rooms, days and money are another reservation.
/// </summary>
public sealed class ChangeReservation(ReservationDesk desk, ReservationLookup reservations, IBookingEvents events, ReservationRules rules, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/reservations/{reservationid:guid}", (Guid reservationid, JsonElement body, ChangeReservation feature, HttpContext context) =>
            feature.HandleAsync(reservationid.ToString(), body, context));

    private async Task<IResult> HandleAsync(string reservationId, JsonElement body, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var patch = ContactPatch.Read(body, errors);
        if (await reservations.FindAsync(reservationId, context.RequestAborted) is not { } found)
            return Problems.NotFound("reservation");
        if (errors.Count == 0)
            errors = rules.CheckChange(patch.Apply(found.Stay));
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);

        var (isMeant, isLegal) = (true, true);
        var now = clock.GetUtcNow();
        var booking = await desk.AskAsync(found.Stay.ResortId, new(reservationId, [], page =>
        {
            var current = page.Booking(reservationId) ?? found; // one that is only requested is not there yet
            isMeant = ETags.MayChange(context.Request, ReservationResource.Of(current, now));
            isLegal = current.May(ReservationStatus.Cancelling);
            return isMeant ? Decisions.Change(page, reservationId, patch.Apply, now) : current;
        }));
        if (!isMeant)
            return Problems.Problem(StatusCodes.Status412PreconditionFailed, "changed_meanwhile", "The reservation is not any more as it was when you looked at it.");
        if (!isLegal)
            return Problems.Problem(StatusCodes.Status409Conflict, "not_changeable", $"A reservation that is {(booking ?? found).Status} cannot be changed.");
        await events.PublishChangedAsync(booking!, CorrelationId.Of(context));
        return Answer(ReservationResource.Of(booking!, now), context);
    }

    private static IResult Answer(ReservationResource changed, HttpContext context)
    {
        if (!Prefer.Asks(context.Request, Prefer.ReturnMinimal))
            return Hal.Resource(changed);
        context.Response.Headers.ETag = ETags.Of(changed).ToString();
        return Prefer.Shortened(context, TypedResults.NoContent());
    }
}
