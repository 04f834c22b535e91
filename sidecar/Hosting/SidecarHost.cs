using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Hosting;

/// <summary>The listeners of one sidecar: HTTP on one port, gRPC (HTTP/2 only) on another. Kestrel alone, without the web framework above it.</summary>
internal sealed class SidecarHost : IAsyncDisposable
{
    private readonly KestrelServer http;
    private readonly KestrelServer grpc;
    private readonly DaprRuntime runtime;

    public SidecarHost(DaprRuntime runtime)
    {
        this.runtime = runtime;
        http = Server(runtime.Options.HttpPort, HttpProtocols.Http1);
        grpc = Server(runtime.Options.GrpcPort, HttpProtocols.Http2);
    }

    /// <summary>Begins to listen on both ports.</summary>
    /// <exception cref="IOException">A port is taken; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        var pipeline = new ApiPipeline(runtime, runtime.Process.Loggers.CreateLogger<ApiPipeline>());
        await http.StartAsync(new RequestHandler(pipeline.HandleAsync), cancel);
    }

    /// <summary>Takes no new connections and lets running requests finish until <paramref name="cancel"/>.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        await http.StopAsync(cancel);
        await grpc.StopAsync(cancel);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        grpc.Dispose();
        return ValueTask.CompletedTask;
    }

    private KestrelServer Server(int port, HttpProtocols protocols)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null; // the endpoints answer for their own limit
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.MaxRequestLineSize = options.Limits.MaxRequestHeadersTotalSize = runtime.Options.ReadBufferSize + (4 << 10);
        options.RequestHeaderEncodingSelector = options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1; // bytes pass through unchanged
        options.Limits.Http2.MaxStreamsPerConnection = 100_000; // waiting calls each hold a stream of their client's one connection
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        foreach (var address in Addresses()) options.Listen(address, port, listener => listener.Protocols = protocols);
        var loggers = runtime.Process.Loggers;
        return new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
    }

    private IEnumerable<IPAddress> Addresses() =>
        runtime.Options.ListenAddresses is { Count: > 0 } given ? given.Select(IPAddress.Parse) : [IPAddress.IPv6Any];
}
