using System.Text.Json;
using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>A row with its links.</summary>
public sealed record ViewResource(
    string ReservationId, ReservationStatus ReservationStatus, RejectionReason? Reason, PaymentStatus? PaymentStatus, IssueStatus? IssueStatus,
    PointsType? PointsStatus, long? Points,
    string? PaymentId, string? IssuedId, string? TicketNumber, PaymentType? PaymentType, long? Cost, DateTimeOffset? DepositDeadline,
    string? ResortId, string? Resort, string? Region, DateOnly? Date, int? Nights, int? Rooms, int? Persons,
    string? Name, string? Phone, string? Email, string? Needs, IReadOnlyList<TimelineEntry> Timeline)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self($"/views/{ReservationId}")
        .With("reservation", $"/reservations/{ReservationId}", when: true)
        .With("stream", $"/views/stream?reservationid={ReservationId}", when: true)
        .With("payment", $"/payments/{PaymentId}", when: PaymentId is not null)
        .With("ticket", $"/issueds/{IssuedId}", when: IssuedId is not null)
        .With("cancel", $"/reservations/{ReservationId}", when: StatusTables.Reservation.Allows(ReservationStatus, ReservationStatus.Cancelling), method: "DELETE")
        .With("deposit", $"/reservations/{ReservationId}/deposit", when: ReservationStatus is ReservationStatus.AwaitingDeposit, method: "POST")
        .With("check-in", $"/issueds/{IssuedId}/check-in", when: IssueStatus is { } ticket && StatusTables.Ticket.Allows(ticket, Contracts.IssueStatus.CheckedIn), method: "POST");

    public static ViewResource Of(ViewRow row) => new(
        row.ReservationId, row.ReservationStatus, row.Reason, row.PaymentStatus, row.IssueStatus, row.PointsStatus, row.Points,
        row.PaymentId, row.IssuedId, row.TicketNumber, row.PaymentType, row.Cost, row.DepositDeadline,
        row.ResortId, row.Resort, row.Region, row.Date, row.Nights, row.Rooms, row.Persons,
        row.Name, row.Phone, row.Email, row.Needs, JsonSerializer.Deserialize<IReadOnlyList<TimelineEntry>>(row.Timeline, WireJson.Options)!);
}
