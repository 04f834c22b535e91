using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Events;

/// <summary>
/// A ticket confirms its reservation, and a guest who uses it is checked in. Safe in any order and number: the desk decides on the record,
/// and what is too early is remembered.
/// </summary>
public static class TicketHandlers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapEvents<TicketIssued>(Apps.Reservation, (events, services, _) => EachAsync(events, services.GetRequiredService<Bookings>().ConfirmAsync));
        routes.MapEvents<TicketCheckedIn>(Apps.Reservation, (events, services, _) => EachAsync(events, services.GetRequiredService<Bookings>().CheckInAsync));
    }

    // the desk groups them again
    private static Task EachAsync<TEvent>(IReadOnlyList<TEvent> events, Func<TEvent, Task> handle) => Task.WhenAll(events.Select(handle));
}
