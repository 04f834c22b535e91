using Dapr;
using Dapr.Client;

namespace Resort.Defaults;

/// <summary>The two safe ways to write one record: create it if absent, or change what was read, by etag.</summary>
public static class StateRecords
{
    private const int Rounds = 8;
    private static readonly StateOptions firstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };

    /// <summary>Writes without reading first. What is there already wins and is returned.</summary>
    public static async Task<T> CreateOrGetAsync<T>(
        this DaprClient dapr, string store, string key, T record, CancellationToken cancel, IReadOnlyDictionary<string, string>? metadata = null)
        where T : class
    {
        try
        {
            await dapr.SaveStateAsync(store, key, record, firstWrite, metadata, cancel);
            return record;
        }
        catch (DaprException)
        {
            // stores say "exists" in different ways (409, 500): only reading tells it from a fault
            var existing = await dapr.GetStateAsync<T?>(store, key, cancellationToken: cancel);
            if (existing is null)
                throw;
            return existing;
        }
    }

    /// <summary>
    /// Load, decide, save with etag; decided again on what a competitor wrote meanwhile.
    /// The decision gives the new record, or the one it got when there is nothing to change.
    /// </summary>
    public static async Task<T> ChangeAsync<T>(this DaprClient dapr, string store, string key, Func<T?, T> decide, CancellationToken cancel)
        where T : class
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (current, etag) = await dapr.GetStateAndETagAsync<T?>(store, key, cancellationToken: cancel);
            var next = decide(current);
            if (ReferenceEquals(next, current))
                return next;
            if (current is null)
            {
                if (ReferenceEquals(await dapr.CreateOrGetAsync(store, key, next, cancel), next))
                    return next;
            }
            else if (await dapr.TrySaveStateAsync(store, key, next, etag, cancellationToken: cancel))
            {
                return next;
            }
        }
        throw new DaprException($"{key} in {store} was changed by others {Rounds} times in a row.");
    }
}
