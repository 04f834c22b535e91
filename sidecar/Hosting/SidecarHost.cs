using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Resort.Sidecar.Api;
using Resort.Sidecar.Grpc;
using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Hosting;

/// <summary>
/// The life of one sidecar: its listeners (HTTP on one port, gRPC on another, Kestrel alone without the web framework above it), its start
/// sequence and its end.
/// </summary>
internal sealed partial class SidecarHost : IAsyncDisposable
{
    private readonly DaprRuntime runtime;
    private readonly KestrelServer http;
    private readonly KestrelServer grpc;
    private readonly KestrelServer? metrics;
    private readonly GrpcServer calls;
    private readonly StartSequence sequence;
    private readonly CancellationTokenSource stopping = new();
    private readonly ILogger log;
    private Task running = Task.CompletedTask;
    private Task<bool>? stopped;

    public SidecarHost(DaprRuntime runtime)
    {
        this.runtime = runtime;
        log = runtime.Loggers.CreateLogger<SidecarHost>();
        http = Server(runtime.Options.HttpPort, HttpProtocols.Http1, runtime.Options.ListenAddresses);
        grpc = Server(runtime.Options.GrpcPort, HttpProtocols.Http2, runtime.Options.ListenAddresses);
        if (runtime.Options.MetricsPort is { } port) metrics = Server(port, HttpProtocols.Http1, [runtime.Options.MetricsListenAddress]);
        calls = new GrpcServer(runtime.GrpcMethods, runtime.Options.ApiToken, runtime.Options.MaxBodySize, runtime.Metrics.Grpc, runtime.Loggers.CreateLogger<GrpcServer>());
        sequence = new StartSequence(runtime);
    }

    public DaprRuntime Runtime => runtime;

    /// <summary>Completes when the app was found well for the first time; without an app, when the sidecar is ready.</summary>
    public Task AppIsUp => sequence.AppIsUp;

    /// <summary>Begins to listen on both ports; the rest of the start goes on by itself.</summary>
    /// <exception cref="IOException">A port is taken; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        foreach (var block in runtime.Blocks.OfType<IStartable>()) await block.StartAsync();
        var pipeline = new ApiPipeline(runtime, runtime.Loggers.CreateLogger<ApiPipeline>());
        if (metrics is not null)
        {
            await metrics.StartAsync(new RequestHandler(new MetricsEndpoint(runtime.Metrics.Registry).HandleAsync), cancel);
            LogListening(log, "metrics", runtime.Options.MetricsPort!.Value);
        }
        await grpc.StartAsync(new RequestHandler(calls.HandleAsync), cancel);
        LogListening(log, "gRPC", runtime.Options.GrpcPort);
        await http.StartAsync(new RequestHandler(pipeline.HandleAsync), cancel);
        LogListening(log, "HTTP", runtime.Options.HttpPort);
        runtime.Health.IsOutboundReady = true;
        running = Task.Run(() => sequence.RunAsync(stopping.Token), CancellationToken.None);
    }

    /// <summary>
    /// Takes no new connections, starts no new deliveries, and lets what runs finish within <paramref name="grace"/>. What runs longer is cut off,
    /// and the answer is false.
    /// </summary>
    public Task<bool> StopAsync(TimeSpan grace) => stopped ??= StopOnceAsync(grace);

    /// <summary>
    /// The app's process is about to be replaced: nobody is sent to it any more, and whoever asks the sidecar's outbound health, as apps do for
    /// their readiness, learns that it is not ready. The task ends when what was being delivered has been taken.
    /// </summary>
    public Task LeaveAsync()
    {
        if (runtime.App is { } app) app.IsLeaving = true;
        runtime.Health.IsOutboundReady = false;
        return runtime.Options.AppHealth is null ? Task.CompletedTask : sequence.PauseAsync(); // without health checks nothing would begin them again
    }

    /// <summary>The process was replaced; as soon as it is found well it is called again.</summary>
    public void Return()
    {
        runtime.Health.IsOutboundReady = true;
        if (runtime.App is not { } app) return;
        if (runtime.Options.AppHealth is not null) app.IsHealthy = false; // what was found out about the one before is worth nothing
        app.IsLeaving = false;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        grpc.Dispose();
        metrics?.Dispose();
        calls.Dispose();
        stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> StopOnceAsync(TimeSpan grace)
    {
        LogStopping(log);
        if (runtime.Options.BlockShutdown > TimeSpan.Zero) await ServeOnAsync(runtime.Options.BlockShutdown);
        using var limit = new CancellationTokenSource(grace);
        runtime.Health.IsOutboundReady = false;
        await stopping.CancelAsync();
        calls.Stop();
        await Task.WhenAll(http.StopAsync(limit.Token), grpc.StopAsync(limit.Token), metrics?.StopAsync(limit.Token) ?? Task.CompletedTask, Within(sequence.PauseAsync(), limit.Token), running);
        LogStopped(log);
        return !limit.IsCancellationRequested;
    }

    /// <summary>Serves without deliveries until the app is ill or the time is over, so that the app can end its own work first.</summary>
    private async Task ServeOnAsync(TimeSpan longest)
    {
        runtime.Health.Stopping();
        using var limit = new CancellationTokenSource(longest);
        await Within(sequence.PauseAsync(), limit.Token);
        while (runtime.App is { IsHealthy: true } && !limit.IsCancellationRequested) await Within(Task.Delay(100, CancellationToken.None), limit.Token);
    }

    private static async Task Within(Task work, CancellationToken limit)
    {
        try { await work.WaitAsync(limit); }
        catch (OperationCanceledException) { /* the caller sees it at the token */ }
    }

    private KestrelServer Server(int port, HttpProtocols protocols, IReadOnlyList<IPAddress> addresses)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false, AllowHostHeaderOverride = true };
        options.RequestHeaderEncodingSelector = static _ => Encoding.Latin1; // keeps every byte, as the connections to apps do
        options.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        options.Limits.MaxRequestBodySize = null; // the endpoints answer for their own limit
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.MaxRequestLineSize = options.Limits.MaxRequestHeadersTotalSize = runtime.Options.ReadBufferSize + (4 << 10);
        options.Limits.Http2.MaxStreamsPerConnection = 100_000; // waiting calls each hold a stream of their client's one connection
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        if (addresses.Count == 0) options.ListenAnyIP(port, listener => listener.Protocols = protocols);
        foreach (var address in addresses) options.Listen(address, port, listener => listener.Protocols = protocols);
        return new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), runtime.Loggers), runtime.Loggers);
    }

    [LoggerMessage(1, LogLevel.Information, "{Protocol} server is running on port {Port}")]
    private static partial void LogListening(ILogger log, string protocol, int port);

    [LoggerMessage(2, LogLevel.Information, "Dapr is shutting down")]
    private static partial void LogStopping(ILogger log);

    [LoggerMessage(3, LogLevel.Information, "Dapr runtime stopped")]
    private static partial void LogStopped(ILogger log);
}
