using Resort.Contracts;

namespace Resort.View.Projections;

/// <summary>What happened, and when.</summary>
public sealed record TimelineEntry(string Event, DateTimeOffset Time);

/// <summary>One reservation with all its states, as My Page shows it.</summary>
public sealed class ViewRow
{
    public required string ReservationId { get; init; }
    public ReservationStatus ReservationStatus { get; init; }
    public RejectionReason? Reason { get; init; }
    public PaymentStatus? PaymentStatus { get; init; }
    public IssueStatus? IssueStatus { get; init; }
    public PointsType? PointsStatus { get; init; }

    /// <summary>What the reservation is worth in points now.</summary>
    public long? Points { get; init; }
    public string? PaymentId { get; init; }
    public string? IssuedId { get; init; }
    public string? TicketNumber { get; init; }
    public PaymentType? PaymentType { get; init; }
    public long? Cost { get; init; }
    public DateTimeOffset? DepositDeadline { get; init; }
    public string? ResortId { get; init; }
    public string? Resort { get; init; }
    public string? Region { get; init; }
    public DateOnly? Date { get; init; }
    public int? Nights { get; init; }
    public int? Rooms { get; init; }
    public int? Persons { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Needs { get; init; }

    /// <summary>A JSON list of <see cref="TimelineEntry"/>.</summary>
    public string Timeline { get; init; } = "[]";
}
