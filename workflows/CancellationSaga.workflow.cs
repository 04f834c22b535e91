using Dapr.Workflow;
using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Workflows;

/// <summary>Ticket, money, rooms, in this order. The workflow id is <c>cancel-{reservationid}</c>. No step is ever given up.</summary>
public sealed class CancellationSaga : Workflow<CancellationOrder, BookingOutcome>
{
    public static string InstanceId(string reservationId) => $"cancel-{reservationId}";

    public override async Task<BookingOutcome> RunAsync(WorkflowContext context, CancellationOrder input)
    {
        var begun = await context.CallActivityAsync<BookingOutcome>(nameof(BeginCancellation), input, Retries.UntilDone);
        if (begun.Status is not ReservationStatus.Cancelling)
            return begun;

        var ticket = await context.CallActivityAsync<TicketResult>(nameof(CancelTicket), input, Retries.UntilDone);
        if (ticket.IssueStatus is IssueStatus.CheckedIn)
            return await context.CallActivityAsync<BookingOutcome>(nameof(RefuseCancellation), input, Retries.UntilDone);

        await context.CallActivityAsync<PaymentResult>(nameof(RefundPayment), new VoidOrder(input.ReservationId, input.CorrelationId), Retries.UntilDone);
        return await context.CallActivityAsync<BookingOutcome>(nameof(FinishCancellation), input, Retries.UntilDone);
    }
}
