using System.Globalization;
using System.Text.Json;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.Tests.View;

/// <summary>What happens to reservations, as events.</summary>
internal static class Stories
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public static readonly Stay Stay = new()
    {
        ResortId = "seorak-ridge",
        Resort = "Seorak Ridge",
        Region = "Gangwon",
        Date = new(2026, 12, 24),
        Nights = 2,
        Rooms = 1,
        Persons = 1,
        Name = "Kim Minji",
        Phone = "010-1234-5678",
    };

    public static string Id(int reservation) => new Guid($"0195a000-0000-7000-8000-{reservation:x12}").ToString();

    public static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    public static LoggedEvent Event<TEvent>(int reservation, int minute, TEvent body) where TEvent : ResortEvent
    {
        var stamped = body with
        {
            EventId = $"{reservation}:{typeof(TEvent).Name}:{minute}",
            ReservationId = Id(reservation),
            Time = Start.AddMinutes(minute),
            CorrelationId = "test",
        };
        return new()
        {
            EventId = stamped.EventId,
            ReservationId = stamped.ReservationId,
            Name = typeof(TEvent).Name,
            Data = JsonSerializer.Serialize((TEvent)stamped, WireJson.Options),
        };
    }

    /// <summary>The events of a booking, from the hold on to a cancellation that was refused once; a part of them is a story as well.</summary>
    public static IReadOnlyList<LoggedEvent> Of(int reservation) =>
    [
        Event(reservation, 0, new ReservationHeld { Stay = Stay, Cost = 240_000, PaymentType = PaymentType.Card }),
        Event(reservation, 1, new PaymentPaid { PaymentId = $"p{reservation}", Cost = 240_000, Stay = Stay }),
        Event(reservation, 2, new ReservationPaid { PaymentId = $"p{reservation}", Cost = 240_000, Stay = Stay }),
        Event(reservation, 3, new TicketIssued { IssuedId = $"i{reservation}", TicketNumber = "T-1", Stay = Stay }),
        Event(reservation, 4, new ReservationConfirmed { IssuedId = $"i{reservation}", TicketNumber = "T-1", Stay = Stay }),
        Event(reservation, 5, new ReservationCancelling { Stay = Stay, Attempt = 1 }),
        Event(reservation, 6, new CancellationRefused { Stay = Stay, Attempt = 1 }),
        Event(reservation, 7, new ReservationCancelling { Stay = Stay, Attempt = 2 }),
        Event(reservation, 8, new TicketCancelled { IssuedId = $"i{reservation}" }),
        Event(reservation, 9, new PaymentRefunded { PaymentId = $"p{reservation}", Cost = 240_000 }),
        Event(reservation, 10, new ReservationCancelled { Stay = Stay }),
    ];
}
