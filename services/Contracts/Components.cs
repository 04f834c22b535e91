namespace Resort.Contracts;

/// <summary>The names of Dapr components. What stands behind a name is decided by YAML alone.</summary>
public static class Components
{
    public const string PubSub = "pubsub";
    public const string Secrets = "secrets";
    public const string ReservationStore = "reservation-store";

    /// <summary>The records of <see cref="ReservationStore"/>; what is written through this one is published.</summary>
    public const string AllotmentOutbox = "allotment-outbox";

    /// <summary>The same for what guests change of their reservations.</summary>
    public const string ReservationOutbox = "reservation-outbox";
    public const string PaymentStore = "payment-store";
    public const string IssueStore = "issue-store";
    public const string PointsStore = "points-store";
    public const string NotificationStore = "notification-store";
    public const string NotificationWebhook = "notification-webhook";
}
