using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Resort.Tests.EndToEnd;

/// <summary>A call of the webhook: its body, its headers, and what was answered.</summary>
internal sealed record WebhookCall(JsonElement Body, string? IdempotencyKey, string? CorrelationId, int Status);

/// <summary>A server outside of the system that notifications are posted to; the first calls fail.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<WebhookCall> calls = new();
    private int failures;

    public WebhookReceiver(int port, int failures)
    {
        this.failures = failures;
        Url = $"http://127.0.0.1:{port}/hook";
        listener.Prefixes.Add($"{Url}/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public IReadOnlyList<WebhookCall> Calls => [.. calls];

    /// <summary>From now on every call is taken.</summary>
    public void Recover() => Volatile.Write(ref failures, 0);

    public void Dispose() => ((IDisposable)listener).Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) Answer(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // closed with the test
        }
    }

    private void Answer(HttpListenerContext call)
    {
        using var body = JsonDocument.Parse(call.Request.InputStream);
        call.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 500 : 204;
        calls.Enqueue(new WebhookCall(body.RootElement.Clone(), call.Request.Headers["Idempotency-Key"], call.Request.Headers["X-Correlation-Id"], call.Response.StatusCode));
        call.Response.Close();
    }
}
