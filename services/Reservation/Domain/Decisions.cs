using Resort.Contracts;
using Resort.Defaults.Domain;

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

    public static Booking? AwaitDeposit(LedgerPage page, string reservationId, DateTimeOffset now) =>
        page.Booking(reservationId) is { } booking && booking.May(ReservationStatus.AwaitingDeposit)
            ? Put(page, booking.To(ReservationStatus.AwaitingDeposit, now))
            : page.Booking(reservationId);

    public static Booking? Sell(LedgerPage page, string reservationId, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { } booking || !booking.May(ReservationStatus.Paid))
            return page.Booking(reservationId); // sold before, or being cancelled
        var nights = Night.Of(booking.Stay);
        var sold = nights.Select(night => page.Night(night)?.Sell(reservationId, booking.Stay.Rooms, now)).ToList();
        if (sold.Contains(null))
            return Put(page, Release(page, booking, now).Reject(RejectionReason.SoldOut, now));
        booking = booking.To(ReservationStatus.Paid, now) with { RoomsSold = true };
        return Put(page, booking.TicketNumber is null ? booking : Confirmed(booking, now), nights.Zip(sold));
    }

    /// <summary>A ticket may come before the sale or during a cancellation: then it is remembered.</summary>
    public static Booking? Confirm(LedgerPage page, string reservationId, string issuedId, string ticketNumber, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { } booking)
            return null;
        var ticketed = booking with { IssuedId = issuedId, TicketNumber = ticketNumber };
        return booking.Status switch
        {
            ReservationStatus.Paid => Put(page, Confirmed(ticketed, now)),
            ReservationStatus.Held or ReservationStatus.AwaitingDeposit or ReservationStatus.Cancelling when booking.TicketNumber is null =>
                Put(page, ticketed),
            _ => booking,
        };
    }

    /// <summary>There is a ticket then, also when it was not heard of. A guest who cannot be shown as checked in yet is remembered.</summary>
    public static Booking? CheckIn(LedgerPage page, string reservationId, string issuedId, string ticketNumber, DateTimeOffset now)
    {
        if (Confirm(page, reservationId, issuedId, ticketNumber, now) is not { GuestArrived: false } booking)
            return page.Booking(reservationId);
        booking = booking with { GuestArrived = true };
        return Put(page, booking.May(ReservationStatus.CheckedIn) ? booking.To(ReservationStatus.CheckedIn, now) : booking);
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

    /// <summary>The guest is checked in: everything stays as it was. So there is a ticket, also when it was not heard of.</summary>
    public static Booking? RefuseCancellation(LedgerPage page, string reservationId, int attempt, DateTimeOffset now)
    {
        if (page.Booking(reservationId) is not { Status: ReservationStatus.Cancelling } booking || booking.CancellationAttempts != attempt)
            return page.Booking(reservationId);
        var ticketed = booking with { IssuedId = DerivedId.Issue(reservationId), TicketNumber = DerivedId.TicketNumber(reservationId) };
        return Put(page, Confirmed(ticketed, now));
    }

    public static Booking? FinishCancellation(LedgerPage page, string reservationId, DateTimeOffset now) =>
        page.Booking(reservationId) is { Status: ReservationStatus.Cancelling } booking
            ? Put(page, Release(page, booking, now).To(ReservationStatus.Cancelled, now))
            : page.Booking(reservationId);

    private static Booking Confirmed(Booking booking, DateTimeOffset now)
    {
        var confirmed = booking.To(ReservationStatus.Confirmed, now);
        return booking.GuestArrived ? confirmed.To(ReservationStatus.CheckedIn, now) : confirmed;
    }

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
