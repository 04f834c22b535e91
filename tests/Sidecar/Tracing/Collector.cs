using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Resort.Tests.Sidecar.Tracing;

/// <summary>An OTLP collector that remembers what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication server;

    private Collector(WebApplication server) => this.server = server;

    /// <summary>Path, content type, and the body as text, in which names can be found.</summary>
    public ConcurrentQueue<(string Path, string? Type, string Body)> Sent { get; } = [];

    public string Address => new Uri(server.Urls.First()).Authority;

    public static async Task<Collector> StartAsync(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = protocol));
        var collector = new Collector(builder.Build());
        collector.server.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
            collector.Sent.Enqueue((http.Request.Path, http.Request.ContentType, await reader.ReadToEndAsync()));
        });
        await collector.server.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
