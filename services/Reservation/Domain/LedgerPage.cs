using Resort.Defaults.Domain;

namespace Resort.Reservation.Domain;

/// <summary>The reservations and nights that one group of commands is about. Later commands see what earlier ones decided.</summary>
public sealed class LedgerPage(IReadOnlyDictionary<string, Entry<Booking>> bookings, IReadOnlyDictionary<Night, Entry<Allotment>> nights)
{
    public Booking? Booking(string reservationId) => bookings[reservationId].Value;

    /// <summary>A night that nobody asked for yet opens with the resort's usual capacity.</summary>
    public Allotment Night(Night night, int capacity) => nights[night].Value ?? Allotment.Open(capacity);

    public Allotment? Night(Night night) => nights[night].Value;

    public void Put(Booking booking) => bookings[booking.ReservationId].Set(booking);

    public void Put(Night night, Allotment allotment) => nights[night].Set(allotment);

    public bool IsChanged => ChangedBookings.Any() || ChangedNights.Any();

    public IEnumerable<(string ReservationId, Entry<Booking> Entry)> ChangedBookings => bookings.Where(b => b.Value.Changed).Select(b => (b.Key, b.Value));

    public IEnumerable<(Night Night, Entry<Allotment> Entry)> ChangedNights => nights.Where(n => n.Value.Changed).Select(n => (n.Key, n.Value));
}
