using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Api;

/// <summary><c>/v1.0/metadata</c>: what the sidecar is and has, and texts that callers attach to it until it ends.</summary>
internal sealed class MetadataApi(DaprRuntime runtime) : IBuildingBlock
{
    private const string VersionKey = "daprRuntimeVersion";
    private readonly ConcurrentDictionary<string, string> attached = new(StringComparer.Ordinal);

    public void Map(RouteTable routes)
    {
        routes.Map("GET", "/v1.0/metadata", GetMetadata);
        routes.Map("PUT", "/v1.0/metadata/{key}", PutMetadata);
    }

    /// <summary>Attaches a text; the runtime's version cannot be replaced.</summary>
    public void Put(string key, string value) => attached[key] = value;

    private async Task PutMetadata(ApiContext call)
    {
        var body = await call.ReadBodyAsync(Errors.MalformedRequest);
        Put(call["key"], Encoding.UTF8.GetString(body.Span));
        await call.NoContent();
    }

    private Task GetMetadata(ApiContext call)
    {
        var extended = new SortedDictionary<string, string>(attached, StringComparer.Ordinal) { [VersionKey] = DaprVersion.Text };
        foreach (var (target, state) in runtime.Policies.Breakers) extended[$"circuitBreaker.{target}"] = state.Text(); // daprd tells it in metrics only
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
            JsonSerializer.Serialize(json, MetadataDocument.Of(runtime, extended), MetadataJson.Default.MetadataDocument);
        buffer.Write("\n"u8);
        return call.Json(buffer.WrittenMemory);
    }
}
