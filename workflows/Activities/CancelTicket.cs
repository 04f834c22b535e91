using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class CancelTicket(ITickets tickets) : SagaStep<CancellationOrder, TicketResult>
{
    protected override Task<TicketResult> RunAsync(CancellationOrder input) =>
        tickets.CancelAsync(input.ReservationId, input.CorrelationId);
}
