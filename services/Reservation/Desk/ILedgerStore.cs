using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>Where reservations and allotments are kept.</summary>
public interface ILedgerStore
{
    Task<Booking?> FindAsync(string reservationId, CancellationToken cancel);

    Task<LedgerPage> ReadAsync(IReadOnlyCollection<string> reservationIds, IReadOnlyCollection<Night> nights, CancellationToken cancel);

    /// <summary>Writes all changes of the page or none.</summary>
    /// <returns>False when it was not written, most likely because another replica was faster.</returns>
    Task<bool> TryWriteAsync(LedgerPage page, CancellationToken cancel);
}
