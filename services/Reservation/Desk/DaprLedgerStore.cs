using System.Globalization;
using System.Text.Json;
using Dapr;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>One bulk get to read a page, one transaction with etags to write it.</summary>
public sealed partial class DaprLedgerStore(DaprClient dapr, ILogger<DaprLedgerStore> logger) : ILedgerStore
{
    private static readonly StateOptions firstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };

    public Task<Booking?> FindAsync(string reservationId, CancellationToken cancel) =>
        dapr.GetStateAsync<Booking?>(Components.ReservationStore, Key(reservationId), cancellationToken: cancel);

    public async Task<LedgerPage> ReadAsync(IReadOnlyCollection<string> reservationIds, IReadOnlyCollection<Night> nights, CancellationToken cancel)
    {
        string[] keys = [.. reservationIds.Select(Key), .. nights.Select(Key)];
        var items = await dapr.GetBulkStateAsync(Components.ReservationStore, keys, parallelism: null, cancellationToken: cancel);
        // one that is missing comes back without a value, from some stores not at all
        var found = items.Where(item => !string.IsNullOrEmpty(item.Value)).ToDictionary(item => item.Key);
        return new(
            reservationIds.ToDictionary(id => id, id => Entry<Booking>(found, Key(id))),
            nights.ToDictionary(night => night, night => Entry<Allotment>(found, Key(night))));
    }

    public async Task<bool> TryWriteAsync(LedgerPage page, CancellationToken cancel)
    {
        List<StateTransactionRequest> operations =
        [
            .. page.ChangedNights.Select(change => Upsert(Key(change.Night), change.Entry)),
            .. page.ChangedBookings.Select(change => Upsert(Key(change.ReservationId), change.Entry)),
        ];
        try
        {
            await dapr.ExecuteStateTransactionAsync(Components.ReservationStore, operations, cancellationToken: cancel);
            return true;
        }
        catch (DaprException exception)
        {
            // a lost race and a broken store look alike here: reading again tells them apart
            NotWritten(logger, operations.Count, exception.Message);
            return false;
        }
    }

    private static Entry<T> Entry<T>(Dictionary<string, BulkStateItem> found, string key) where T : class =>
        found.TryGetValue(key, out var item) ? new(JsonSerializer.Deserialize<T>(item.Value, WireJson.Options), item.ETag) : new(null, "");

    // an etag that is given must match; without one the record must not be there yet
    private static StateTransactionRequest Upsert<T>(string key, Entry<T> entry) where T : class => new(
        key, JsonSerializer.SerializeToUtf8Bytes(entry.Value!, WireJson.Options), StateOperationType.Upsert,
        entry.ETag.Length > 0 ? entry.ETag : null, options: firstWrite);

    private static string Key(string reservationId) => $"reservation:{reservationId}";

    private static string Key(Night night) => string.Create(CultureInfo.InvariantCulture, $"allotment:{night.ResortId}:{night.Date:yyyy-MM-dd}");

    [LoggerMessage(1100, LogLevel.Information, "{Count} records not written, deciding again: {Reason}")]
    private static partial void NotWritten(ILogger logger, int count, string reason);
}
