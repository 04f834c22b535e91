namespace Resort.Contracts;

/// <summary>Reservation asks Payment for the price of a reservation. The reservation id is the idempotency key.</summary>
public sealed record ChargeRequest(string ReservationId, long Cost, PaymentType PaymentType, string? CardToken, Stay Stay);

/// <summary>Reservation asks Payment to await a transfer until the deadline. The reservation id is the idempotency key.</summary>
public sealed record DepositRequest(string ReservationId, long Cost, DateTimeOffset DepositDeadline, Stay Stay);

/// <summary>Staff has seen the transfer arrive.</summary>
public sealed record DepositReceipt(string ReservationId);

/// <summary>The saga wants to go on: a transfer that has not arrived by now comes too late.</summary>
public sealed record DepositClosing(string ReservationId);

/// <summary>What became of the money: a business outcome, also when the card was declined.</summary>
public sealed record PaymentResult(string PaymentId, PaymentStatus PaymentStatus, string? Reason = null);

/// <summary>Reservation asks Payment to give back what was taken, or to see to it that nothing will be.</summary>
public sealed record RefundRequest(string ReservationId);
