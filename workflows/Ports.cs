using Resort.Contracts;

namespace Resort.Workflows;

/// <summary>Rooms and reservations. Every call may come again, and finds what it did.</summary>
public interface IBookings
{
    Task<BookingOutcome> HoldAsync(BookingOrder order);
    Task<BookingOutcome> AwaitDepositAsync(BookingOrder order);
    Task<BookingOutcome> SellAsync(BookingOrder order);
    Task<BookingOutcome> RejectAsync(BookingOrder order, RejectionReason reason);
    Task<CancellationBegun> BeginCancellationAsync(CancellationOrder order);
    Task<BookingOutcome> RefuseCancellationAsync(CancellationOrder order);
    Task<BookingOutcome> FinishCancellationAsync(CancellationOrder order);
}

/// <summary>The Payment service. The reservation id is the idempotency key.</summary>
public interface IPayments
{
    /// <returns>Null when Payment is known to be in trouble and was not asked: to try again soon is in vain.</returns>
    Task<PaymentResult?> ChargeAsync(BookingOrder order);

    /// <inheritdoc cref="ChargeAsync"/>
    Task<PaymentResult?> RequestDepositAsync(BookingOrder order, DateTimeOffset deadline);

    /// <summary>Paid if the deposit has come; otherwise it is voided and none will be taken.</summary>
    Task<PaymentResult> CloseDepositAsync(BookingOrder order);

    /// <summary>Refunds what was taken, or sees to it that nothing will be taken.</summary>
    Task<PaymentResult> RefundAsync(string reservationId, string correlationId);
}

/// <summary>The Points service. It tells attempts apart by their number, so a late call of one that is over changes nothing.</summary>
public interface IPoints
{
    /// <summary>Takes back what the reservation has earned, or will earn.</summary>
    Task<PointsResult> ReverseAsync(CancellationOrder order);

    /// <summary>Undoes the reversal of this attempt.</summary>
    Task<PointsResult> RestoreAsync(CancellationOrder order);
}

/// <summary>The Issue service.</summary>
public interface ITickets
{
    Task<TicketResult> CancelAsync(string reservationId, string correlationId);
}
