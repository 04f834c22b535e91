using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary>A reservation as customers see it.</summary>
public sealed record ReservationResource
{
    public required string ReservationId { get; init; }
    public required ReservationStatus ReservationStatus { get; init; }
    public RejectionReason? Reason { get; init; }
    public required string ResortId { get; init; }
    public required string Resort { get; init; }
    public required string Region { get; init; }
    public required DateOnly Date { get; init; }
    public required int Nights { get; init; }
    public required int Rooms { get; init; }
    public required int Persons { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public string? Email { get; init; }
    public string? Needs { get; init; }
    public required PaymentType PaymentType { get; init; }
    public required long Cost { get; init; }
    public DateTimeOffset? DepositDeadline { get; init; }
    public string? PaymentId { get; init; }
    public string? IssuedId { get; init; }
    public string? TicketNumber { get; init; }

    [JsonPropertyName("_links")]
    public required Links Links { get; init; }

    public static string Path(string reservationId) => $"/reservations/{reservationId}";

    public static ReservationResource Of(Booking booking, DateTimeOffset now)
    {
        var (id, stay) = (booking.ReservationId, booking.Stay);
        var hasPayment = booking.Was(ReservationStatus.AwaitingDeposit) || booking.Was(ReservationStatus.Paid);
        return new()
        {
            ReservationId = id,
            ReservationStatus = booking.Status,
            Reason = booking.Reason,
            ResortId = stay.ResortId,
            Resort = stay.Resort,
            Region = stay.Region,
            Date = stay.Date,
            Nights = stay.Nights,
            Rooms = stay.Rooms,
            Persons = stay.Persons,
            Name = stay.Name,
            Phone = stay.Phone,
            Email = stay.Email,
            Needs = stay.Needs,
            PaymentType = booking.PaymentType,
            Cost = booking.Cost,
            DepositDeadline = booking.DepositDeadline,
            PaymentId = hasPayment ? DerivedId.Payment(id) : null,
            IssuedId = booking.IssuedId,
            TicketNumber = booking.TicketNumber,
            Links = OwnerLinks.Reservation(
                id, stay.ResortId, booking.Status, hasPayment ? DerivedId.Payment(id) : null, booking.IssuedId, booking.AwaitsDeposit(now)),
        };
    }
}
