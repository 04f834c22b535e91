using Resort.Reservation.Desk;
using Resort.Reservation.Domain;
using Resort.Reservation.Sagas;

namespace Resort.Reservation.Features;

/// <summary>A reservation is there from the moment it is accepted: until the desk has written it, its saga knows of it.</summary>
public sealed class ReservationLookup(ILedgerStore ledger, ISagas sagas)
{
    public async Task<Booking?> FindAsync(string reservationId, CancellationToken cancel) =>
        await ledger.FindAsync(reservationId, cancel)
        ?? (await sagas.FindBookingAsync(reservationId, cancel) is { } order ? Bookings.Requested(order) : null);
}
