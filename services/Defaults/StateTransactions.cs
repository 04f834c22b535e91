using System.Text.Json;
using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Logging;
using Resort.Defaults.Domain;

namespace Resort.Defaults;

/// <summary>Several records at once: one bulk get to read them, one transaction with etags to write them.</summary>
public static partial class StateTransactions
{
    private static readonly StateOptions firstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };

    /// <summary>Those of the records that are there, by key.</summary>
    public static async Task<IReadOnlyDictionary<string, BulkStateItem>> GetRecordsAsync(
        this DaprClient dapr, string store, IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var items = await dapr.GetBulkStateAsync(store, keys, parallelism: null, cancellationToken: cancel);
        // one that is missing comes back without a value, from some stores not at all
        return items.Where(item => !string.IsNullOrEmpty(item.Value)).ToDictionary(item => item.Key);
    }

    public static Entry<T> Entry<T>(this IReadOnlyDictionary<string, BulkStateItem> records, string key) where T : class =>
        records.TryGetValue(key, out var item) ? new(JsonSerializer.Deserialize<T>(item.Value, WireJson.Options), item.ETag) : new(null, "");

    /// <summary>An etag that is given must match; without one the record must not be there yet.</summary>
    public static StateTransactionRequest Upsert<T>(string key, T record, string etag = "", IReadOnlyDictionary<string, string>? metadata = null)
        where T : class =>
        new(key, JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Options), StateOperationType.Upsert, etag.Length > 0 ? etag : null, metadata, firstWrite);

    /// <summary>Does all operations or none.</summary>
    /// <returns>False when they were not done, most likely because another writer was faster.</returns>
    public static async Task<bool> TryExecuteAsync(
        this DaprClient dapr, string store, IReadOnlyList<StateTransactionRequest> operations, ILogger logger, CancellationToken cancel)
    {
        try
        {
            await dapr.ExecuteStateTransactionAsync(store, operations, cancellationToken: cancel);
            return true;
        }
        catch (DaprException exception)
        {
            // a lost race and a broken store look alike here: reading again tells them apart
            NotWritten(logger, operations.Count, store, exception.Message);
            return false;
        }
    }

    [LoggerMessage(120, LogLevel.Information, "{Count} records not written to {Store}, deciding again: {Reason}")]
    private static partial void NotWritten(ILogger logger, int count, string store, string reason);
}
