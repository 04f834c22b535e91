using System.Globalization;
using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Resiliency;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>The state API, <c>/v1.0/state/{store}/…</c>: get, save, delete, bulk get and transaction.</summary>
internal sealed partial class StateApi(StateStores stores, DaprRuntime runtime) : IBuildingBlock, IMetadataSource
{
    private const string ExpiryName = "ttlExpireTime";
    private readonly TimeProvider clock = runtime.Process.Clock;
    private readonly string appId = runtime.Options.AppId;

    public void Map(RouteTable routes)
    {
        routes.Map("GET", "/v1.0/state/{store}/{key}", GetAsync);
        routes.Map("DELETE", "/v1.0/state/{store}/{key}", DeleteAsync);
        routes.Map("POST,PUT", "/v1.0/state/{store}", SaveAsync);
        routes.Map("POST,PUT", "/v1.0/state/{store}/bulk", GetManyAsync);
        routes.Map("POST,PUT", "/v1.0/state/{store}/transaction", TransactAsync);
        routes.Map("POST,PUT", "/v1.0-alpha1/state/{store}/query", call => call.Error(Errors.StateQueryNotSupported(stores.Get(call["store"], appId: null).Name)));
    }

    public IReadOnlyList<string>? Capabilities(string component) => stores.All.GetValueOrDefault(component)?.Store.Capabilities;

    private async Task GetAsync(ApiContext call)
    {
        var (component, key) = (stores.Get(call["store"], appId), call["key"]);
        var fullKey = FullKey(component, key);
        StateEntry? entry;
        try { entry = await component.GetAsync(fullKey, call.Aborted); }
        catch (Exception e) when (IsFailure(e))
        {
            await call.Error(Errors.StateGet(key, component.Name, e.Message));
            return;
        }
        if (entry is null)
        {
            await call.NoContent();
            return;
        }
        var headers = call.Http.Response.Headers;
        headers.ETag = entry.ETag;
        if (entry.ExpiresAt is { } expiry) headers[$"metadata.{ExpiryName}"] = Text(expiry);
        await call.Json(entry.Value);
    }

    private async Task GetManyAsync(ApiContext call)
    {
        var component = stores.Get(call["store"], appId);
        var keys = Parse(await call.ReadBodyAsync(Errors.StateBody), StateRequestReader.Keys, Errors.StateBody);
        var fullKeys = keys.ConvertAll(key => FullKey(component, key));
        IReadOnlyList<StateEntry?> entries;
        try { entries = await component.GetManyAsync(fullKeys, call.Aborted); }
        catch (Exception e) when (IsFailure(e))
        {
            await call.Error(Errors.StateBulkGet(e.Message));
            return;
        }
        await call.Json(writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < keys.Count; i++) Write(writer, keys[i], entries[i]);
            writer.WriteEndArray();
        });
    }

    private async Task DeleteAsync(ApiContext call)
    {
        var (component, key) = (stores.Get(call["store"], appId), call["key"]);
        var item = new StateItem { ETag = call.Http.Request.Headers.IfMatch, Concurrency = call.Query("concurrency"), Consistency = call.Query("consistency") };
        var (write, refusal) = item.ToDelete(FullKey(component, key));
        var refusals = await WriteEachAsync(component, "delete", write is null ? [] : [write], refusal is null ? [] : [refusal], call.Aborted);
        await (refusals is [var why] ? call.Error(Errors.StateDelete(key, why.Message, why.Status)) : call.NoContent());
    }

    private static void Write(Utf8JsonWriter writer, string key, StateEntry? entry)
    {
        writer.WriteStartObject();
        writer.WriteString("key", key);
        if (entry is not null)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(entry.Value);
            writer.WriteString("etag", entry.ETag);
            if (entry.ExpiresAt is { } expiry)
            {
                writer.WriteStartObject("metadata");
                writer.WriteString(ExpiryName, Text(expiry));
                writer.WriteEndObject();
            }
        }
        writer.WriteEndObject();
    }

    private static string FullKey(StateComponent component, string key) =>
        component.FullKey(key) ?? throw new DaprException(Errors.StateIllegalKey(component.Name, key));

    private static T Parse<T>(ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read, Func<string, DaprError> failure)
    {
        try { return read(body); }
        catch (JsonException e) { throw new DaprException(failure(e.Message)); }
    }

    /// <summary>What is answered as the operation's own error: the store cannot do it, or a policy ended it.</summary>
    private static bool IsFailure(Exception error) => error is StorageException or ResiliencyException;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
