using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.Client;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Resort.Contracts;
using Resort.Defaults;

namespace Resort.Gateway.Swagger;

/// <summary>What each service says of itself, asked for through Dapr; what the gateway serves itself it knows.</summary>
internal sealed class ServiceDocuments([FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider own, DaprClient dapr, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    private readonly HttpClient apps = dapr.CreateInvokableHttpClient();

    /// <summary>By app; null for one that does not answer.</summary>
    public async Task<IReadOnlyList<(string App, JsonObject? Document)>> AllAsync(CancellationToken cancel) =>
        await Task.WhenAll(Apps.All.Select(async app => (app, app == Apps.Gateway ? await OwnAsync(cancel) : await AskAsync(app, cancel))));

    public void Dispose() => apps.Dispose();

    private async Task<JsonObject?> AskAsync(string app, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await apps.GetFromJsonAsync<JsonObject>(new Uri($"http://{app}{ApiDescription.Path}"), either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || !cancel.IsCancellationRequested && exception is OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<JsonObject?> OwnAsync(CancellationToken cancel)
    {
        var document = await own.GetOpenApiDocumentAsync(cancel);
        return JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel))!.AsObject();
    }
}
