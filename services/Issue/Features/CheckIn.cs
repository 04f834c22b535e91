using Resort.Defaults;

namespace Resort.Issue.Features;

/// <summary><c>POST /issueds/{issuedid}/check-in</c>, for staff: the guest is in the house, so the ticket can neither be used again nor cancelled.</summary>
public static class CheckIn
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/issueds/{issuedid:guid}/check-in", HandleAsync)
        .WithSummary("Checks the guest in, for staff")
        .Answers<IssuedResource>(StatusCodes.Status200OK).Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(Guid issuedid, TicketOffice office, HttpContext context) =>
        await office.CheckInAsync(issuedid.ToString(), CorrelationId.Of(context), context.RequestAborted) switch
        {
            ({ Stay: { } stay } ticket, Accepted: true) => Hal.Json(IssuedResource.Of(ticket, stay)),
            ({ Stay: not null } ticket, _) =>
                Problems.Problem(StatusCodes.Status409Conflict, "not_valid", $"A ticket that is {ticket.Status} does not let anybody in."),
            _ => Problems.NotFound("ticket"),
        };
}
