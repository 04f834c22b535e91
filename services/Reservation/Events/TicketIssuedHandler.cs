using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Events;

/// <summary>
/// A ticket confirms its reservation. Safe in any order and number: the desk decides on the record, and a ticket that is too early is remembered.
/// </summary>
public static class TicketIssuedHandler
{
    public static void MapTicketIssued(this IEndpointRouteBuilder routes) =>
        routes.MapEvents<TicketIssued>(Apps.Reservation, (events, services, _) =>
        {
            var bookings = services.GetRequiredService<Bookings>();
            return Task.WhenAll(events.Select(bookings.ConfirmAsync)); // the desk groups them again
        });
}
