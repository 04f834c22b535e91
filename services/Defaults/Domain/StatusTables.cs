using Resort.Contracts;

namespace Resort.Defaults.Domain;

/// <summary>The legal moves of each aggregate: its guards, the links that are offered and the tests read these.</summary>
public static class StatusTables
{
    public static TransitionTable<ReservationStatus> Reservation { get; } = new(
        (ReservationStatus.Requested, [ReservationStatus.Held, ReservationStatus.Rejected]),
        (ReservationStatus.Held, [ReservationStatus.Paid, ReservationStatus.AwaitingDeposit, ReservationStatus.Rejected, ReservationStatus.Cancelling]),
        (ReservationStatus.AwaitingDeposit, [ReservationStatus.Paid, ReservationStatus.Rejected, ReservationStatus.Cancelling]),
        (ReservationStatus.Paid, [ReservationStatus.Confirmed, ReservationStatus.Cancelling]),
        (ReservationStatus.Confirmed, [ReservationStatus.CheckedIn, ReservationStatus.Cancelling]),
        (ReservationStatus.Cancelling, [ReservationStatus.Cancelled, ReservationStatus.Confirmed]));

    public static TransitionTable<PaymentStatus> Payment { get; } = new(
        (PaymentStatus.Requested, [PaymentStatus.Paid, PaymentStatus.Declined, PaymentStatus.AwaitingDeposit, PaymentStatus.Voided]),
        (PaymentStatus.AwaitingDeposit, [PaymentStatus.Paid, PaymentStatus.Voided]),
        (PaymentStatus.Paid, [PaymentStatus.Refunded]));

    public static TransitionTable<IssueStatus> Ticket { get; } = new(
        (IssueStatus.Issued, [IssueStatus.CheckedIn, IssueStatus.Cancelled]));
}
