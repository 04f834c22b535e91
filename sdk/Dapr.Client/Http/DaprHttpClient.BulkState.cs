using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dapr.Client;

internal sealed partial class DaprHttpClient
{
    public override async Task<IReadOnlyList<BulkStateItem>> GetBulkStateAsync(
        string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var items = await ReadBulkAsync(storeName, keys, parallelism, metadata, cancellationToken);
        return [.. items.Select(item => new BulkStateItem(item.Key, item.Data?.GetRawText() ?? "", item.ETag ?? ""))];
    }

    public override async Task<IReadOnlyList<BulkStateItem<TValue>>> GetBulkStateAsync<TValue>(
        string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var items = await ReadBulkAsync(storeName, keys, parallelism, metadata, cancellationToken);
        return [.. items.Select(
            item => new BulkStateItem<TValue>(item.Key, item.Data is { } data ? data.Deserialize<TValue>(jsonOptions)! : default!, item.ETag ?? ""))];
    }

    public override Task SaveBulkStateAsync<TValue>(string storeName, IReadOnlyList<SaveStateItem<TValue>> items, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ThrowIfEmpty(items);
        using var body = new JsonBody(jsonOptions);
        body.Json.WriteStartArray();
        foreach (var item in items)
            WriteItem(body, item);
        body.Json.WriteEndArray();
        return sidecar.CallAsync(HttpMethod.Post, SidecarPath.Of("state", storeName), body.ToContent(), cancellationToken);
    }

    private async Task<BulkItem[]> ReadBulkAsync(
        string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ThrowIfEmpty(keys);
        using var body = new JsonBody(jsonOptions);
        body.Json.WriteStartObject();
        body.Json.WriteStartArray("keys");
        foreach (var key in keys)
            body.Json.WriteStringValue(key);
        body.Json.WriteEndArray();
        if (parallelism is { } atOnce)
            body.Json.WriteNumber("parallelism", atOnce);
        body.WriteMetadata(metadata);
        body.Json.WriteEndObject();
        var answer = await sidecar.CallAsync(HttpMethod.Post, SidecarPath.Of("state", storeName) + "/bulk", body.ToContent(), cancellationToken);
        return answer.Read<BulkItem[]>(JsonSerializerOptions.Web) ?? [];
    }

    private static void ThrowIfEmpty<T>(IReadOnlyList<T> list, [CallerArgumentExpression(nameof(list))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(list, name);
        if (list.Count == 0)
            throw new ArgumentException("At least one is needed.", name);
    }

    private sealed record BulkItem(string Key, JsonElement? Data, string? ETag);
}
