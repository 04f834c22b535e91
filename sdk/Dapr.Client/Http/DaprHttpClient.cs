using System.Text.Json;

namespace Dapr.Client;

/// <summary>A <see cref="DaprClient"/> over the sidecar's HTTP API.</summary>
internal sealed partial class DaprHttpClient(SidecarApi sidecar, JsonSerializerOptions jsonOptions) : DaprClient
{
    private static readonly TimeSpan ReadinessInterval = TimeSpan.FromMilliseconds(500);

    public override JsonSerializerOptions JsonSerializerOptions => jsonOptions;

    public override HttpClient CreateInvokableHttpClient(string? appId) => CreateInvokeHttpClient(appId, sidecar.Endpoint.AbsoluteUri, sidecar.Token);

    public override Task<bool> CheckHealthAsync(CancellationToken cancellationToken) => IsHealthyAsync("/v1.0/healthz", cancellationToken);

    public override Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken) =>
        IsHealthyAsync("/v1.0/healthz/outbound", cancellationToken);

    public override async Task WaitForSidecarAsync(CancellationToken cancellationToken)
    {
        while (!await CheckOutboundHealthAsync(cancellationToken))
            await Task.Delay(ReadinessInterval, cancellationToken);
    }

    public override async Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellationToken)
    {
        var answer = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata", content: null, cancellationToken);
        return (answer.Read<MetadataBody>(JsonSerializerOptions.Web) ?? new MetadataBody()).ToMetadata();
    }

    public override Task SetMetadataAsync(string attributeName, string attributeValue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(attributeName);
        return sidecar.CallAsync(HttpMethod.Put, SidecarPath.Of("metadata", attributeName), new StringContent(attributeValue ?? ""), cancellationToken);
    }

    public override async Task<Dictionary<string, string>> GetSecretAsync(
        string storeName, string key, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var path = SidecarPath.Of("secrets", storeName, key).WithMetadata(metadata);
        var answer = await sidecar.CallAsync(HttpMethod.Get, path, content: null, cancellationToken);
        return answer.Read<Dictionary<string, string>>(JsonSerializerOptions.Web) ?? [];
    }

    public override async Task<Dictionary<string, Dictionary<string, string>>> GetBulkSecretAsync(
        string storeName, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        var path = SidecarPath.Of("secrets", storeName, "bulk").WithMetadata(metadata);
        var answer = await sidecar.CallAsync(HttpMethod.Get, path, content: null, cancellationToken);
        return answer.Read<Dictionary<string, Dictionary<string, string>>>(JsonSerializerOptions.Web) ?? [];
    }

    protected override void Dispose(bool disposing)
    {
        sidecar.Dispose();
        base.Dispose(disposing);
    }

    private async Task<bool> IsHealthyAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await sidecar.ExchangeAsync(HttpMethod.Get, path, content: null, etag: null, cancellationToken)).IsSuccess;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }
}
