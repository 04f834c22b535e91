using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar;

/// <summary>One request that the app got.</summary>
internal sealed record AppRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
{
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Method} {Path}{Query} {Text}";
}

/// <summary>
/// An application behind a sidecar: answers each path as told and remembers every request. What nobody has told it answers 404. Paths match
/// exactly, or as a prefix if they end in <c>*</c>; the first that matches counts.
/// </summary>
internal sealed class ScriptedApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<AppRequest> requests = new();
    private readonly List<(string Path, Func<HttpContext, AppRequest, Task> Answer)> routes = [];
    private readonly List<(string Path, Func<HttpContext, Task> Answer)> unread = [];
    private KestrelServer? server;

    public int Port { get; } = FreePort.Next();

    /// <summary>All requests so far, in order of arrival.</summary>
    public IReadOnlyList<AppRequest> Requests => [.. requests];

    /// <summary>Answers a path with the same status and body each time; a body that is no text is sent as JSON.</summary>
    public ScriptedApp On(string path, int status = 200, object? body = null) => On(path, _ => (status, body));

    /// <summary>Answers a path with what a function says for each request.</summary>
    public ScriptedApp On(string path, Func<AppRequest, (int Status, object? Body)> answer) => Handle(path, (http, request) =>
    {
        var (status, body) = answer(request);
        http.Response.StatusCode = status;
        if (body is string text) return http.Response.WriteAsync(text);
        return body is null ? Task.CompletedTask : http.Response.WriteAsJsonAsync(body);
    });

    /// <summary>Answers a path by hand; the body has been read.</summary>
    public ScriptedApp Handle(string path, Func<HttpContext, AppRequest, Task> answer)
    {
        routes.Add((path, answer));
        return this;
    }

    /// <summary>Answers a path by hand, its body still unread; such requests are not remembered.</summary>
    public ScriptedApp HandleUnread(string path, Func<HttpContext, Task> answer)
    {
        unread.Add((path, answer));
        return this;
    }

    /// <summary>Declares the app's subscriptions: <c>new { pubsubname, topic, route }</c> each.</summary>
    public ScriptedApp Subscribe(params object[] subscriptions) => On("/dapr/subscribe", 200, subscriptions);

    /// <summary>The first <paramref name="count"/> requests to a path, waited for.</summary>
    public Task<List<AppRequest>> ReceivedAsync(string path, int count = 1, TimeSpan? within = null) =>
        Probe.UntilAsync($"{count} requests to {path} (got: {string.Join(" | ", requests)})", () => requests.Where(r => Matches(path, r.Path)).ToList(), got => got.Count >= count, within);

    public async Task StartAsync()
    {
        var options = new KestrelServerOptions { ResponseHeaderEncodingSelector = static _ => Encoding.UTF8 };
        options.Listen(IPAddress.Loopback, Port);
        server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        await server.StartAsync(new RequestHandler(AnswerAsync), CancellationToken.None);
    }

    /// <summary>Refuses connections from now on, as an app that has ended; it may be started again.</summary>
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
        if (unread.Find(route => Matches(route.Path, http.Request.Path)).Answer is { } stream)
        {
            await stream(http);
            return;
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new AppRequest(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", headers, body.ToArray(), TimeProvider.System.GetUtcNow());
        requests.Enqueue(request);
        if (routes.Find(route => Matches(route.Path, request.Path)).Answer is { } answer) await answer(http, request);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static bool Matches(string pattern, string path) =>
        pattern.EndsWith('*') ? path.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == path;
}
