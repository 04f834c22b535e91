namespace Resort.Contracts;

/// <summary>One topic per event, named by the event in kebab-case.</summary>
public static class Topics
{
    public const string ReservationHeld = "reservation-held";
    public const string ReservationPaid = "reservation-paid";
    public const string ReservationConfirmed = "reservation-confirmed";
    public const string ReservationRejected = "reservation-rejected";
    public const string ReservationChanged = "reservation-changed";
    public const string ReservationCancelling = "reservation-cancelling";
    public const string ReservationCancelled = "reservation-cancelled";
    public const string CancellationRefused = "cancellation-refused";
    public const string PaymentPaid = "payment-paid";
    public const string PaymentDeclined = "payment-declined";
    public const string PaymentAwaitingDeposit = "payment-awaiting-deposit";
    public const string PaymentRefunded = "payment-refunded";
    public const string PaymentVoided = "payment-voided";
    public const string TicketIssued = "ticket-issued";
    public const string TicketCheckedIn = "ticket-checked-in";
    public const string TicketCancelled = "ticket-cancelled";
    public const string PointsEarned = "points-earned";
    public const string PointsReversed = "points-reversed";
    public const string PointsRestored = "points-restored";
    public const string AllotmentChanged = "allotment-changed";

    /// <summary>Not about the business: consumers tell here what they could not handle.</summary>
    public const string DeliveryFailed = "delivery-failed";
}
