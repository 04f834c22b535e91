using System.Text.Json;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Desk;

namespace Resort.Reservation.Catalogue;

/// <summary>The resorts, kept in the state store and for a short time in memory: every booking asks for one, and they hardly change.</summary>
public sealed class ResortCatalogue(DaprClient dapr, TimeProvider clock) : ICapacities
{
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

    /// <summary>By id or by exact name.</summary>
    public async Task<ResortEntry?> FindAsync(string idOrName) =>
        (await AllAsync()).FirstOrDefault(resort => resort.Id == idOrName || resort.Resort == idOrName);

    public async Task<int> OfAsync(string resortId) =>
        (await FindAsync(resortId) ?? throw new InvalidOperationException($"There is no resort {resortId}.")).DefaultCapacity;

    private async Task<IReadOnlyList<ResortEntry>> LoadAsync()
    {
        var ids = await dapr.GetStateAsync<List<string>?>(Components.ReservationStore, "resorts") ?? await SeedAsync();
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
        return await dapr.CreateOrGetAsync(Components.ReservationStore, "resorts", seed.Select(resort => resort.Id).ToList(), CancellationToken.None);
    }

    private static string Key(string id) => $"resort:{id}";
}
