namespace Resort.Contracts.Events;

public sealed record ReservationHeld : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationHeld;
    public required Stay Stay { get; init; }
    public required long Cost { get; init; }
    public required PaymentType PaymentType { get; init; }
}

public sealed record ReservationPaid : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationPaid;
    public required Stay Stay { get; init; }
    public required long Cost { get; init; }
    public required string PaymentId { get; init; }
}

public sealed record ReservationConfirmed : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationConfirmed;
    public required Stay Stay { get; init; }
    public required string IssuedId { get; init; }
    public required string TicketNumber { get; init; }
}

public sealed record ReservationRejected : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationRejected;
    public required Stay Stay { get; init; }
    public required RejectionReason Reason { get; init; }
}

/// <summary>The guest gave another contact or other needs. The attempt in its id is the stay's revision.</summary>
public sealed record ReservationChanged : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationChanged;
    public required Stay Stay { get; init; }
}

public sealed record ReservationCancelling : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationCancelling;
    public required Stay Stay { get; init; }
    public required int Attempt { get; init; }
}

public sealed record ReservationCancelled : ResortEvent, IPublished
{
    public static string Topic => Topics.ReservationCancelled;
    public required Stay Stay { get; init; }
}

public sealed record CancellationRefused : ResortEvent, IPublished
{
    public static string Topic => Topics.CancellationRefused;
    public required Stay Stay { get; init; }
    public required int Attempt { get; init; }
}
