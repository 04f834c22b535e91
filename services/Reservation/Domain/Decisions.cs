using Resort.Contracts;

namespace Resort.Reservation.Domain;

/// <summary>What may happen to a reservation and its rooms. Pure: decided on a page, written by whoever brought it. Each may be asked again.</summary>
public static class Decisions
{
    public static Booking Hold(LedgerPage page, Booking requested, int capacity, DateTimeOffset until, DateTimeOffset now)
    {
        if (page.Booking(requested.ReservationId) is { } existing)
            return existing;
        var nights = Night.Of(requested.Stay);
        var held = nights.Select(night => page.Night(night, capacity).Hold(requested.ReservationId, requested.Stay.Rooms, until, now)).ToList();
        if (held.Contains(null))
            return Put(page, requested.Reject(RejectionReason.SoldOut, now));
        return Put(page, requested.To(ReservationStatus.Held, now), nights.Zip(held));
    }

    public static Booking? Sell(LedgerPage page, string reservationId, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { } booking || !booking.May(ReservationStatus.Paid))
            return page.Booking(reservationId); // sold before, or being cancelled
        var nights = Night.Of(booking.Stay);
        var sold = nights.Select(night => page.Night(night)?.Sell(reservationId, booking.Stay.Rooms, now)).ToList();
        if (sold.Contains(null))
            return Put(page, Release(page, booking, now).Reject(RejectionReason.SoldOut, now));
        booking = booking.To(ReservationStatus.Paid, now) with { RoomsSold = true };
        return Put(page, booking.TicketNumber is null ? booking : booking.To(ReservationStatus.Confirmed, now), nights.Zip(sold));
    }

    /// <summary>A ticket may come before the sale: then it is remembered, and the sale goes on to Confirmed.</summary>
    public static Booking? Confirm(LedgerPage page, string reservationId, string issuedId, string ticketNumber, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { } booking)
            return null;
        var ticketed = booking with { IssuedId = issuedId, TicketNumber = ticketNumber };
        return booking.Status switch
        {
            ReservationStatus.Paid => Put(page, ticketed.To(ReservationStatus.Confirmed, now)),
            ReservationStatus.Held or ReservationStatus.AwaitingDeposit when booking.TicketNumber is null => Put(page, ticketed),
            _ => booking,
        };
    }

    public static Booking Reject(LedgerPage page, Booking requested, RejectionReason reason, DateTimeOffset now)
    {
        var booking = page.Booking(requested.ReservationId) ?? requested; // the hold may never have happened
        return booking.May(ReservationStatus.Rejected) ? Put(page, Release(page, booking, now).Reject(reason, now)) : booking;
    }

    public static Booking? BeginCancellation(LedgerPage page, string reservationId, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { } booking || !booking.May(ReservationStatus.Cancelling))
            return page.Booking(reservationId);
        return Put(page, booking.To(ReservationStatus.Cancelling, now) with { CancellationAttempts = booking.CancellationAttempts + 1 });
    }

    /// <summary>The guest is checked in: everything stays as it was.</summary>
    public static Booking? RefuseCancellation(LedgerPage page, string reservationId, DateTimeOffset now) =>
        page.Booking(reservationId) is { Status: ReservationStatus.Cancelling } booking
            ? Put(page, booking.To(ReservationStatus.Confirmed, now))
            : page.Booking(reservationId);

    public static Booking? FinishCancellation(LedgerPage page, string reservationId, DateTimeOffset now) =>
        page.Booking(reservationId) is { Status: ReservationStatus.Cancelling } booking
            ? Put(page, Release(page, booking, now).To(ReservationStatus.Cancelled, now))
            : page.Booking(reservationId);

    private static Booking Release(LedgerPage page, Booking booking, DateTimeOffset now)
    {
        foreach (var night in Night.Of(booking.Stay))
        {
            if (page.Night(night) is not { } allotment)
                continue;
            if (booking.RoomsSold)
                page.Put(night, allotment.TakeBack(booking.Stay.Rooms));
            else if (allotment.Holds.Any(hold => hold.ReservationId == booking.ReservationId))
                page.Put(night, allotment.Release(booking.ReservationId, now));
        }
        return booking with { RoomsSold = false };
    }

    private static Booking Put(LedgerPage page, Booking booking, IEnumerable<(Night, Allotment?)>? nights = null)
    {
        foreach (var (night, allotment) in nights ?? [])
            page.Put(night, allotment!);
        page.Put(booking);
        return booking;
    }
}
