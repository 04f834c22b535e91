using Resort.Contracts;
using Resort.Reservation.Domain;
using Resort.Workflows;

namespace Resort.Tests.Unit;

/// <summary>Orders with sensible defaults.</summary>
internal static class Orders
{
    public static readonly DateOnly Arrival = new(2026, 12, 24);

    public static string Id(int n) => new Guid($"0195a000-0000-7000-8000-{n:x12}").ToString();

    public static Stay Stay(int rooms = 1, int nights = 2, string resort = "seorak-ridge") => new()
    {
        ResortId = resort,
        Resort = "Seorak Ridge",
        Region = "Gangwon",
        Date = Arrival,
        Nights = nights,
        Rooms = rooms,
        Persons = rooms,
        Name = "Kim Minji",
        Phone = "010-1234-5678",
    };

    public static BookingOrder Order(int n = 1, int rooms = 1, string cardToken = "tok_ok") => new()
    {
        ReservationId = Id(n),
        Stay = Stay(rooms),
        Cost = 240_000 * rooms,
        PaymentType = PaymentType.Card,
        CardToken = cardToken,
        CorrelationId = $"test-{n}",
    };

    public static BookingOrder Transfer(int n = 1, int rooms = 1) => Order(n, rooms) with { PaymentType = PaymentType.Transfer, CardToken = null };

    public static Booking Requested(int n = 1, int rooms = 1) =>
        Booking.Requested(Id(n), Stay(rooms), 240_000 * rooms, PaymentType.Card, $"test-{n}");
}
