using Resort.Contracts;
using Resort.Defaults;

namespace Resort.Issue.Features;

/// <summary><c>POST /ticket-cancellations</c>, called by the cancellation saga. That the guest is checked in is an outcome, not an error.</summary>
public static class CancelTicket
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/ticket-cancellations", async (CancelTicketRequest request, TicketOffice office, HttpContext context) =>
        {
            var ticket = await office.CancelAsync(request.ReservationId, CorrelationId.Of(context), context.RequestAborted);
            return new TicketResult(ticket.IssuedId, ticket.Status);
        });
}
