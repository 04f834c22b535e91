using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>An app of the test's own, with a sidecar like all others, that subscribes to a topic and remembers what it hears.</summary>
internal sealed class Listener : IAsyncDisposable
{
    public const string App = "listener";
    private readonly ConcurrentQueue<JsonElement> events = new();
    private readonly WebApplication app;

    private Listener(string topic)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{Port}");
        app.MapGet("/health/{kind}", () => Results.Ok());
        app.MapGet("/dapr/subscribe", () => new[] { new { pubsubname = "pubsub", topic, route = "/heard" } });
        app.MapPost("/heard", (JsonElement heard) => events.Enqueue(heard.Clone()));
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>The envelopes, in the order in which they came.</summary>
    public IReadOnlyList<JsonElement> Events => [.. events];

    public static async Task<Listener> StartAsync(string topic)
    {
        var listener = new Listener(topic);
        await listener.app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
