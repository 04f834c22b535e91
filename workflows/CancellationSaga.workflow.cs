using Dapr.Workflow;
using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Workflows;

/// <summary>
/// Points, ticket, money, rooms, in this order; points first, because they can be given back when the ticket is in use. The workflow id is
/// <c>cancel-{reservationid}</c>. No step is ever given up.
/// </summary>
public sealed class CancellationSaga : Workflow<CancellationOrder, BookingOutcome>
{
    /// <summary>Since version 2. An instance that was past that step before goes on without points.</summary>
    public const string PointsFirst = "points-first";

    public static string InstanceId(string reservationId) => $"cancel-{reservationId}";

    public override async Task<BookingOutcome> RunAsync(WorkflowContext context, CancellationOrder input)
    {
        var begun = await context.CallActivityAsync<CancellationBegun>(nameof(BeginCancellation), input, Retries.UntilDone);
        if (begun.Status is not ReservationStatus.Cancelling)
            return new(begun.Status, begun.Reason);
        // version 1 did not tell the attempt, and there was none after the first: no guest could be checked in
        var order = input with { Attempt = Math.Max(1, begun.Attempt) };

        var withPoints = context.IsPatched(PointsFirst);
        if (withPoints)
            await context.CallActivityAsync<PointsResult>(nameof(ReversePoints), order, Retries.UntilDone);
        var ticket = await context.CallActivityAsync<TicketResult>(nameof(CancelTicket), order, Retries.UntilDone);
        if (ticket.IssueStatus is IssueStatus.CheckedIn)
        {
            if (withPoints)
                await context.CallActivityAsync<PointsResult>(nameof(RestorePoints), order, Retries.UntilDone);
            return await context.CallActivityAsync<BookingOutcome>(nameof(RefuseCancellation), order, Retries.UntilDone);
        }

        await context.CallActivityAsync<PaymentResult>(nameof(RefundPayment), new VoidOrder(order.ReservationId, order.CorrelationId, order.TraceParent), Retries.UntilDone);
        return await context.CallActivityAsync<BookingOutcome>(nameof(FinishCancellation), order, Retries.UntilDone);
    }
}
