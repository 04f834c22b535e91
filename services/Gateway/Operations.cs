using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;

namespace Resort.Gateway;

/// <summary><c>GET /operations</c>: every service as its sidecar reaches it, and the circuit breakers in front of what it calls.</summary>
internal sealed class Operations(DaprClient dapr, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    private readonly HttpClient apps = dapr.CreateInvokableHttpClient();

    public static void Map(WebApplication app) => app
        .MapGet("/operations", async (Operations operations, CancellationToken cancel) =>
            Hal.Json(new OperationsResource(await Task.WhenAll(Apps.All.Select(each => operations.AskAsync(each, cancel))))))
        .WithSummary("Every service as its sidecar reaches it, and its circuit breakers").Answers<OperationsResource>(StatusCodes.Status200OK).Refuses(StatusCodes.Status503ServiceUnavailable);

    public void Dispose() => apps.Dispose();

    private async Task<ServiceState> AskAsync(string app, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            using var answer = await apps.GetAsync(new Uri($"http://{app}/health/ready"), either.Token);
            var text = await answer.Content.ReadAsStringAsync(either.Token);
            return ServiceState.Of(app, answer.StatusCode is HttpStatusCode.OK, text);
        }
        catch (Exception exception) when (exception is HttpRequestException || !cancel.IsCancellationRequested && exception is OperationCanceledException)
        {
            return new(app, Ready: false, Sidecar: false, Breakers: null);
        }
    }
}

internal sealed record OperationsResource(IReadOnlyList<ServiceState> Services)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self("/operations");
}

/// <summary>What is known of a service; no breakers when it, or its sidecar, does not tell of them.</summary>
internal sealed record ServiceState(string App, bool Ready, bool Sidecar, IReadOnlyList<BreakerState>? Breakers)
{
    private const string BreakerPrefix = "circuitBreaker.";

    /// <param name="app">The service.</param>
    /// <param name="isReady">Whether it says so; it is not without its sidecar.</param>
    /// <param name="health">Its answer, as all services on .NET give it.</param>
    public static ServiceState Of(string app, bool isReady, string health)
    {
        if (SidecarCheck(health) is not { } check)
            return new(app, isReady, Sidecar: isReady, Breakers: null);
        var breakers = check.GetProperty("details").EnumerateObject().Where(detail => detail.Name.StartsWith(BreakerPrefix, StringComparison.Ordinal));
        return new(app, isReady, check.GetProperty("status").ValueEquals("Healthy"),
            [.. breakers.Select(breaker => new BreakerState(breaker.Name[(breaker.Name.LastIndexOf('.') + 1)..], breaker.Value.GetString() ?? ""))]);
    }

    private static JsonElement? SidecarCheck(string health)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(health);
            return answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("checks", out var checks) && checks.TryGetProperty("sidecar", out var sidecar) ? sidecar : null;
        }
        catch (JsonException) { return null; } // Notification answers in words
    }
}

/// <summary>A breaker: in front of what, and <c>closed</c>, <c>open</c> or <c>half-open</c>.</summary>
internal sealed record BreakerState(string Target, string State);
