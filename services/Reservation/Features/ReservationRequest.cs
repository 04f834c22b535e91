namespace Resort.Reservation.Features;

/// <summary>What a customer sends. Everything may be missing until it is checked.</summary>
public sealed record ReservationRequest
{
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
    public string? PaymentType { get; init; }
    public string? CardToken { get; init; }
    public long? Cost { get; init; }
}
