using System.Globalization;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>One bulk get to read a page, one transaction with etags to write it.</summary>
public sealed class DaprLedgerStore(DaprClient dapr, ILogger<DaprLedgerStore> logger) : ILedgerStore
{
    public Task<Booking?> FindAsync(string reservationId, CancellationToken cancel) =>
        dapr.GetStateAsync<Booking?>(Components.ReservationStore, Key(reservationId), cancellationToken: cancel);

    public async Task<LedgerPage> ReadAsync(IReadOnlyCollection<string> reservationIds, IReadOnlyCollection<Night> nights, CancellationToken cancel)
    {
        var records = await dapr.GetRecordsAsync(Components.ReservationStore, [.. reservationIds.Select(Key), .. nights.Select(Key)], cancel);
        return new(
            reservationIds.ToDictionary(id => id, id => records.Entry<Booking>(Key(id))),
            nights.ToDictionary(night => night, night => records.Entry<Allotment>(Key(night))));
    }

    public Task<bool> TryWriteAsync(LedgerPage page, CancellationToken cancel) => dapr.TryExecuteAsync(Components.ReservationStore,
        [
            .. page.ChangedNights.Select(change => StateTransactions.Upsert(Key(change.Night), change.Entry.Value!, change.Entry.ETag)),
            .. page.ChangedBookings.Select(change => StateTransactions.Upsert(Key(change.ReservationId), change.Entry.Value!, change.Entry.ETag)),
        ],
        logger, cancel);

    internal static string Key(string reservationId) => $"reservation:{reservationId}";

    internal static string Key(Night night) => string.Create(CultureInfo.InvariantCulture, $"allotment:{night.ResortId}:{night.Date:yyyy-MM-dd}");
}
