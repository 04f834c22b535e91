using System.Net;

namespace Dapr.Client;

internal sealed partial class DaprHttpClient
{
    public override async Task<TValue> GetStateAsync<TValue>(
        string storeName, string key, ConsistencyMode? consistencyMode, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var answer = await ReadStateAsync(storeName, key, consistencyMode, metadata, cancellationToken);
        return answer.Read<TValue>(jsonOptions)!;
    }

    public override async Task<(TValue value, string etag)> GetStateAndETagAsync<TValue>(
        string storeName, string key, ConsistencyMode? consistencyMode, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var answer = await ReadStateAsync(storeName, key, consistencyMode, metadata, cancellationToken);
        return (answer.Read<TValue>(jsonOptions)!, answer.ETag);
    }

    public override async Task SaveStateAsync<TValue>(
        string storeName, string key, TValue value, StateOptions? stateOptions, IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        var answer = await WriteStateAsync(storeName, key, value, etag: "", stateOptions, metadata, cancellationToken);
        answer.OrThrow();
    }

    public override async Task<bool> TrySaveStateAsync<TValue>(
        string storeName, string key, TValue value, string etag, StateOptions? stateOptions, IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return Won(await WriteStateAsync(storeName, key, value, etag, stateOptions, metadata, cancellationToken));
    }

    public override async Task DeleteStateAsync(
        string storeName, string key, StateOptions? stateOptions, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var answer = await RemoveStateAsync(storeName, key, etag: "", stateOptions, metadata, cancellationToken);
        answer.OrThrow();
    }

    public override async Task<bool> TryDeleteStateAsync(
        string storeName, string key, string etag, StateOptions? stateOptions, IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return Won(await RemoveStateAsync(storeName, key, etag, stateOptions, metadata, cancellationToken));
    }

    private static bool Won(SidecarAnswer answer)
    {
        if (answer.Status == HttpStatusCode.Conflict)
            return false;

        answer.OrThrow();
        return true;
    }

    private Task<SidecarAnswer> ReadStateAsync(
        string storeName, string key, ConsistencyMode? consistency, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var path = StateKey(storeName, key).With("consistency", consistency?.Word()).WithMetadata(metadata);
        return sidecar.CallAsync(HttpMethod.Get, path, content: null, cancellationToken);
    }

    private Task<SidecarAnswer> WriteStateAsync<TValue>(
        string storeName, string key, TValue value, string etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ArgumentException.ThrowIfNullOrEmpty(key);
        using var body = new JsonBody(jsonOptions);
        body.Json.WriteStartArray();
        WriteItem(body, new SaveStateItem<TValue>(key, value, etag, options, metadata));
        body.Json.WriteEndArray();
        return sidecar.SendAsync(HttpMethod.Post, SidecarPath.Of("state", storeName), body.ToContent(), etag: null, cancellationToken);
    }

    private Task<SidecarAnswer> RemoveStateAsync(
        string storeName, string key, string etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var path = StateKey(storeName, key)
            .With("concurrency", options?.Concurrency?.Word())
            .With("consistency", options?.Consistency?.Word())
            .WithMetadata(metadata);
        return sidecar.SendAsync(HttpMethod.Delete, path, content: null, etag, cancellationToken);
    }

    private static string StateKey(string storeName, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return SidecarPath.Of("state", storeName, key);
    }
}
