using System.Text.Json;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Features;

/// <summary>
/// <c>PATCH /reservations/{reservationid}</c>: contact and needs, as a merge patch, as long as it may be cancelled. Other rooms, days or
/// money are another reservation.
/// </summary>
public sealed class ChangeReservation(ContactDesk desk, ReservationLookup reservations, ReservationRules rules, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/reservations/{reservationid:guid}", (Guid reservationid, JsonElement body, ChangeReservation feature, HttpContext context) =>
                feature.HandleAsync(reservationid.ToString(), body, context))
            .WithSummary("Changes contact and needs: what is absent stays, null removes")
            .AsksMergePatch<ContactChange>().AsksIfMatch().AsksPrefer(Prefer.ReturnMinimal)
            .Answers<ReservationResource>(StatusCodes.Status200OK, "ETag").Answers(StatusCodes.Status204NoContent, "ETag", "Preference-Applied")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status422UnprocessableEntity);

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

        var isAsRead = true;
        var now = clock.GetUtcNow();
        var booking = await desk.ChangeAsync(reservationId, current =>
        {
            isAsRead = ETags.MayChange(context.Request, ReservationResource.Of(current, now));
            return isAsRead ? current.Change(patch.Apply(current.Stay)) : current;
        }, CorrelationId.Of(context), context.RequestAborted) ?? found; // one that is only requested is not written yet
        if (!isAsRead)
            return Problems.NotAsRead();
        if (!booking.May(ReservationStatus.Cancelling))
            return Problems.Problem(StatusCodes.Status409Conflict, "not_changeable", $"A reservation that is {booking.Status} cannot be changed.");
        return Answer(ReservationResource.Of(booking, now), context);
    }

    private static IResult Answer(ReservationResource changed, HttpContext context)
    {
        if (!Prefer.Asks(context.Request, Prefer.ReturnMinimal))
            return Hal.Resource(changed);
        context.Response.Headers.ETag = ETags.Of(changed).ToString();
        return Prefer.Shortened(context, TypedResults.NoContent());
    }
}
