using Dapr.Workflow;
using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class CancelTicket(ITickets tickets) : WorkflowActivity<CancellationOrder, TicketResult>
{
    public override Task<TicketResult> RunAsync(WorkflowActivityContext context, CancellationOrder input) =>
        tickets.CancelAsync(input.ReservationId, input.CorrelationId);
}
