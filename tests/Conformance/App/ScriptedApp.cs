using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Resort.Sidecar.Hosting;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.App;

/// <summary>An application behind a sidecar: answers as its script says and remembers every request.</summary>
internal sealed class ScriptedApp(int port) : IAsyncDisposable
{
    private readonly ConcurrentQueue<AppCall> calls = new();
    private AppRoutes routes = new(new AppScript([], false));
    private bool isSilent;
    private KestrelServer? server;

    /// <summary>All requests so far, in the order in which their bodies were complete.</summary>
    public IReadOnlyCollection<AppCall> Calls => calls;

    /// <summary>What it answers from now on.</summary>
    public void Play(AppScript script)
    {
        routes = new AppRoutes(script);
        isSilent = script.Silent;
    }

    public async Task StartAsync()
    {
        var options = new KestrelServerOptions { AddServerHeader = false, RequestHeaderEncodingSelector = _ => Encoding.Latin1, ResponseHeaderEncodingSelector = _ => Encoding.Latin1 };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxRequestHeadersTotalSize = options.Limits.MaxRequestLineSize = 1 << 20;
        options.Limits.MaxRequestBufferSize = null;
        options.Listen(IPAddress.Loopback, port, listener => listener.Use(next => connection =>
        {
            connection.Items[typeof(ConnectionContext)] = connection; // an answer given as bytes goes past the server
            return next(connection);
        }));
        server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        await server.StartAsync(new RequestHandler(AnswerAsync), CancellationToken.None);
    }

    /// <summary>Breaks all connections and refuses new ones, as an app that has ended; it may be started again.</summary>
    public async Task StopAsync()
    {
        if (server is null) return;
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (isSilent) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        var call = new AppCall
        {
            Method = http.Request.Method,
            Target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Began = Moment.Now,
            Headers = RecordedHeaders.Joined(http.Request.Headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? ""))),
        };
        using var left = http.RequestAborted.Register(() => call.IsAbandoned = true);
        var isEarly = routes.AnswersEarly(call.Path);
        if (isEarly) await http.Response.WriteAsync("early");
        await ReadAsync(http, call);
        calls.Enqueue(call);
        if (call.IsBroken) return;
        if (isEarly) await http.Response.WriteAsync("-end");
        else await new AppAnswer(http, call).SendAsync(routes.Next(call.Method, call.Path));
    }

    private static async Task ReadAsync(HttpContext http, AppCall call)
    {
        using var body = new MemoryStream();
        try { await http.Request.Body.CopyToAsync(body, http.RequestAborted); }
        catch (Exception e) when (e is IOException or OperationCanceledException) { call.IsBroken = true; }
        call.Body = body.ToArray();
        call.Ended = Moment.Now;
    }
}
