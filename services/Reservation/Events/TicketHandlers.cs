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
        routes.MapEvent<TicketIssued>(Apps.Reservation, (issued, services, _) => services.GetRequiredService<Bookings>().ConfirmAsync(issued));
        routes.MapEvent<TicketCheckedIn>(Apps.Reservation, (checkedIn, services, _) => services.GetRequiredService<Bookings>().CheckInAsync(checkedIn));
    }
}
