using Resort.Defaults.Domain;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Tests.Unit.Reservation;

/// <summary>A ledger with etags in memory, that counts its calls and can be held up.</summary>
internal sealed class MemoryLedger : ILedgerStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (Booking Value, int Version)> bookings = [];
    private readonly Dictionary<Night, (Allotment Value, int Version)> nights = [];

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Runs before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs before each write: a faster competitor, or a fault.</summary>
    public Action BeforeWrite { get; set; } = () => { };

    public Booking? Booking(string id) => bookings.TryGetValue(id, out var found) ? found.Value : null;

    public Allotment? Night(DateOnly date, string resort = "seorak-ridge") => nights.TryGetValue(new(resort, date), out var found) ? found.Value : null;

    public IEnumerable<Booking> Bookings => bookings.Values.Select(b => b.Value);

    public IEnumerable<Allotment> Nights => nights.Values.Select(n => n.Value);

    public void Put(Night night, Allotment allotment) => nights[night] = (allotment, Version(nights, night) + 1);

    public void Put(Booking booking) => bookings[booking.ReservationId] = (booking, Version(bookings, booking.ReservationId) + 1);

    public async Task<Booking?> FindAsync(string reservationId, CancellationToken cancel)
    {
        await BeforeRead();
        return Booking(reservationId);
    }

    public async Task<LedgerPage> ReadAsync(IReadOnlyCollection<string> reservationIds, IReadOnlyCollection<Night> nightKeys, CancellationToken cancel)
    {
        await BeforeRead();
        lock (gate)
        {
            Reads++;
            return new(
                reservationIds.ToDictionary(id => id, id => new Entry<Booking>(bookings.GetValueOrDefault(id).Value, ETag(bookings, id))),
                nightKeys.ToDictionary(night => night, night => new Entry<Allotment>(nights.GetValueOrDefault(night).Value, ETag(nights, night))));
        }
    }

    public Task<bool> TryWriteAsync(LedgerPage page, CancellationToken cancel)
    {
        lock (gate)
        {
            BeforeWrite();
            Writes++;
            var fits = page.ChangedBookings.All(b => b.Entry.ETag == ETag(bookings, b.ReservationId))
                && page.ChangedNights.All(n => n.Entry.ETag == ETag(nights, n.Night));
            if (fits)
            {
                foreach (var (_, entry) in page.ChangedBookings)
                    Put(entry.Value!);
                foreach (var (night, entry) in page.ChangedNights)
                    Put(night, entry.Value!);
            }
            return Task.FromResult(fits);
        }
    }

    private static int Version<TKey, TValue>(Dictionary<TKey, (TValue Value, int Version)> records, TKey key) where TKey : notnull =>
        records.GetValueOrDefault(key).Version;

    private static string ETag<TKey, TValue>(Dictionary<TKey, (TValue Value, int Version)> records, TKey key) where TKey : notnull =>
        Version(records, key) is > 0 and var version ? $"{version}" : "";
}
