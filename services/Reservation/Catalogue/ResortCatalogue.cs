using System.Text.Json;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Catalogue;

/// <summary>
/// The resorts, kept in the state store and for a short time in memory: every booking asks for one, and they hardly change. So a change
/// counts at once where it was made, and on other replicas after that time; whoever changes a resort sees it as it is.
/// </summary>
public sealed class ResortCatalogue(DaprClient dapr, TimeProvider clock) : ICapacities
{
    private const string List = "resorts";
    private static readonly TimeSpan lifetime = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private Task<IReadOnlyList<ResortEntry>>? loading;
    private DateTimeOffset loadedAt;

    public Task<IReadOnlyList<ResortEntry>> AllAsync()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (loading is null || loading.IsFaulted || loading.IsCanceled || now - loadedAt > lifetime)
                (loading, loadedAt) = (LoadAsync(), now);
            return loading;
        }
    }

    /// <summary>By id or by exact name. An id that is not remembered may be new, from another replica.</summary>
    public async Task<ResortEntry?> FindAsync(string idOrName) =>
        (await AllAsync()).FirstOrDefault(resort => resort.Id == idOrName || resort.Resort == idOrName)
        ?? (ResortEntry.IsId(idOrName) ? (await ReadAsync(idOrName, CancellationToken.None)).Value : null);

    public async Task<int> OfAsync(string resortId) =>
        (await FindAsync(resortId) ?? throw new InvalidOperationException($"There is no resort {resortId}.")).DefaultCapacity;

    /// <summary>As the store has it, not as it is remembered.</summary>
    public async Task<Entry<ResortEntry>> ReadAsync(string id, CancellationToken cancel)
    {
        await AllAsync(); // they are seeded
        var (resort, etag) = await dapr.GetStateAndETagAsync<ResortEntry?>(Components.ReservationStore, Key(id), cancellationToken: cancel);
        return new(resort, etag ?? "");
    }

    /// <summary>The record first, then the list: cut off in between, it is done again.</summary>
    /// <returns>False when somebody else has changed it since it was read.</returns>
    public async Task<bool> TryPutAsync(ResortEntry resort, Entry<ResortEntry> read, CancellationToken cancel)
    {
        var isWritten = read.Value is null
            ? ReferenceEquals(resort, await dapr.CreateOrGetAsync(Components.ReservationStore, Key(resort.Id), resort, cancel))
            : await dapr.TrySaveStateAsync(Components.ReservationStore, Key(resort.Id), resort, read.ETag, cancellationToken: cancel);
        if (isWritten)
            await dapr.ChangeAsync<List<string>>(Components.ReservationStore, List, ids => ids!.Contains(resort.Id) ? ids : [.. ids, resort.Id], cancel);
        lock (gate)
            loading = null;
        return isWritten;
    }

    private async Task<IReadOnlyList<ResortEntry>> LoadAsync()
    {
        var ids = await dapr.GetStateAsync<List<string>?>(Components.ReservationStore, List) ?? await SeedAsync();
        var resorts = await dapr.GetBulkStateAsync<ResortEntry?>(Components.ReservationStore, [.. ids.Select(Key)], parallelism: null);
        return [.. resorts.Select(item => item.Value).OfType<ResortEntry>().OrderBy(resort => resort.Id, StringComparer.Ordinal)];
    }

    // The list comes last: whoever sees it sees all resorts. Two replicas may seed at once, the first one wins.
    private async Task<List<string>> SeedAsync()
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "catalogue.json"));
        var seed = await JsonSerializer.DeserializeAsync<List<ResortEntry>>(file, WireJson.Options) ?? [];
        foreach (var resort in seed)
            await dapr.CreateOrGetAsync(Components.ReservationStore, Key(resort.Id), resort, CancellationToken.None);
        return await dapr.CreateOrGetAsync(Components.ReservationStore, List, seed.Select(resort => resort.Id).ToList(), CancellationToken.None);
    }

    private static string Key(string id) => $"resort:{id}";
}
