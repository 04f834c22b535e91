using Resort.Contracts;

namespace Resort.View.Projections;

/// <summary>Whatever any event may tell; one that does not tell it leaves it out.</summary>
public sealed record EventFacts
{
    public string EventId { get; init; } = "";
    public string Name { get; init; } = "";
    public DateTimeOffset Time { get; init; }
    public Stay? Stay { get; init; }
    public long? Cost { get; init; }
    public PaymentType? PaymentType { get; init; }
    public string? PaymentId { get; init; }
    public string? IssuedId { get; init; }
    public string? TicketNumber { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? DepositDeadline { get; init; }
    public int? Attempt { get; init; }
    public long? Delta { get; init; }
}
