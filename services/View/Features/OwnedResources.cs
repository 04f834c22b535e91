using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>A reservation in a collection, with the links that its owner gives it.</summary>
public sealed record ReservationItem(
    string ReservationId, ReservationStatus ReservationStatus, RejectionReason? Reason, string? ResortId, string? Resort, string? Region,
    DateOnly? Date, int? Nights, int? Rooms, int? Persons, string? Name, string? Phone, string? Email, string? Needs,
    PaymentType? PaymentType, long? Cost, DateTimeOffset? DepositDeadline, string? PaymentId, string? IssuedId, string? TicketNumber)
{
    [JsonPropertyName("_links")]
    public required Links Links { get; init; }

    public static ReservationItem Of(ViewRow row) => new(
        row.ReservationId, row.ReservationStatus, row.Reason, row.ResortId, row.Resort, row.Region,
        row.Date, row.Nights, row.Rooms, row.Persons, row.Name, row.Phone, row.Email, row.Needs,
        row.PaymentType, row.Cost, row.DepositDeadline, row.PaymentId, row.IssuedId, row.TicketNumber)
    {
        Links = OwnerLinks.Reservation(row.ReservationId, row.ResortId, row.ReservationStatus, row.PaymentId, row.IssuedId,
            awaitsDeposit: row.ReservationStatus is ReservationStatus.AwaitingDeposit),
    };
}

/// <summary>A payment in a collection, with the links that its owner gives it.</summary>
public sealed record PaymentItem(string PaymentId, string ReservationId, PaymentStatus PaymentStatus, PaymentType? PaymentType, long? Cost)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = OwnerLinks.Payment(PaymentId, ReservationId);

    public static PaymentItem Of(ViewRow row) => new(row.PaymentId!, row.ReservationId, row.PaymentStatus!.Value, row.PaymentType, row.Cost);
}

/// <summary>A ticket in a collection, with the links that its owner gives it.</summary>
public sealed record IssuedItem(
    string IssuedId, string ReservationId, IssueStatus IssueStatus, string? TicketNumber,
    string? Resort, DateOnly? Date, int? Nights, int? Rooms, int? Persons, string? Name)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = OwnerLinks.Ticket(IssuedId, ReservationId, IssueStatus);

    public static IssuedItem Of(ViewRow row) => new(
        row.IssuedId!, row.ReservationId, row.IssueStatus!.Value, row.TicketNumber,
        row.Resort, row.Date, row.Nights, row.Rooms, row.Persons, row.Name);
}
