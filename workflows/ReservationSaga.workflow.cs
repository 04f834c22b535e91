using Dapr.Workflow;
using Resort.Contracts;
using Resort.Workflows.Activities;
using Resort.Workflows.Compensation;

namespace Resort.Workflows;

/// <summary>Hold rooms, charge the card or await the transfer, sell the rooms. The workflow id is the reservation id.</summary>
public sealed class ReservationSaga : Workflow<BookingOrder, BookingOutcome>
{
    /// <summary>Sent by the cancellation: it takes over what this saga has begun.</summary>
    public const string CancelRequested = nameof(CancelRequested);

    /// <summary>Sent when Payment has recorded the transfer. It only wakes the saga: what is recorded decides.</summary>
    public const string DepositReceived = nameof(DepositReceived);

    public override async Task<BookingOutcome> RunAsync(WorkflowContext context, BookingOrder input)
    {
        var undo = new Undo();
        try
        {
            undo.Register(reason => context.CallActivityAsync<BookingOutcome>(nameof(RejectReservation), new Rejection(input, reason), Retries.UntilDone));
            var held = await context.CallActivityAsync<BookingOutcome>(nameof(HoldRooms), input, Retries.WhileTheCustomerWaits);
            if (held.Status is not ReservationStatus.Held)
                return held;

            undo.Register(reason => StartVoid(context, input, reason));
            var payment = held.DepositDeadline is { } deadline
                ? await DepositUnlessCancelledAsync(context, new(input, deadline))
                : await ChargeUnlessCancelledAsync(context, input);
            if (payment is null)
                return new(ReservationStatus.Cancelling);
            if (payment.PaymentStatus is not PaymentStatus.Paid)
            {
                undo.Forget(); // Payment says itself that it took nothing
                return await undo.RunAsync(held.DepositDeadline is null ? RejectionReason.PaymentDeclined : RejectionReason.DepositExpired);
            }

            var sold = await context.CallActivityAsync<BookingOutcome>(nameof(SellRooms), input, Retries.UntilDone);
            // The hold ran out before the payment came, and the rooms are gone: the money goes back.
            return sold.Status is ReservationStatus.Rejected ? await undo.RunAsync(RejectionReason.SoldOut) : sold;
        }
        catch (Exception exception) when (exception is WorkflowTaskFailedException or PaymentNotAskedException)
        {
            // Only holding and charging give up, and then whether they took effect is unknown: an attempt may have come before the one that was not made.
            return await undo.RunAsync(RejectionReason.PaymentUnavailable);
        }
    }

    private static async Task<PaymentResult?> ChargeUnlessCancelledAsync(WorkflowContext context, BookingOrder order)
    {
        var cancelled = context.WaitForExternalEventAsync<object?>(CancelRequested);
        var charge = context.CallActivityAsync<PaymentResult?>(nameof(ChargePayment), order, Retries.WhileTheCustomerWaits);
        return await Task.WhenAny(charge, cancelled) == charge ? await charge ?? throw new PaymentNotAskedException() : null;
    }

    // Deposit or deadline: Payment's record decides between them, so an event that got lost costs time and nothing else.
    private static async Task<PaymentResult?> DepositUnlessCancelledAsync(WorkflowContext context, DepositOrder deposit)
    {
        var cancelled = context.WaitForExternalEventAsync<object?>(CancelRequested);
        var received = context.WaitForExternalEventAsync<object?>(DepositReceived);
        var requested = await context.CallActivityAsync<PaymentResult?>(nameof(RequestDeposit), deposit, Retries.WhileTheCustomerWaits) ?? throw new PaymentNotAskedException();
        if (requested.PaymentStatus is not PaymentStatus.AwaitingDeposit)
            return requested;

        var awaiting = await context.CallActivityAsync<BookingOutcome>(nameof(AwaitDeposit), deposit.Order, Retries.UntilDone);
        if (awaiting.Status is not ReservationStatus.AwaitingDeposit)
            return null;

        var expired = context.CreateTimer(deposit.Deadline.UtcDateTime, CancellationToken.None);
        return await Task.WhenAny(received, expired, cancelled) == cancelled
            ? null
            : await context.CallActivityAsync<PaymentResult>(nameof(CloseDeposit), deposit.Order, Retries.UntilDone);
    }

    // Not awaited: the customer is waiting for his answer, and Payment may be down for hours. The child is as durable as this
    // saga, outlives it, and stays visible as a running instance until the money is certainly not ours.
    private static Task<BookingOutcome> StartVoid(WorkflowContext context, BookingOrder order, RejectionReason reason)
    {
        _ = context.CallChildWorkflowAsync<PaymentResult>(
            nameof(VoidPayment), new VoidOrder(order.ReservationId, order.CorrelationId, order.TraceParent), new ChildWorkflowTaskOptions($"void-{order.ReservationId}"));
        return Task.FromResult(new BookingOutcome(ReservationStatus.Rejected, reason));
    }

    private sealed class PaymentNotAskedException : Exception;
}
