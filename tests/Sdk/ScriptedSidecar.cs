using System.Collections.Concurrent;
using System.Text;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Resort.Tests.Sdk;

/// <summary>A request as it came over the wire; <paramref name="Target"/> is the escaped path with its query.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>
/// A sidecar that gives the answers it is told to and records what it is asked. For what cannot be seen on a real one:
/// the exact bytes of a request, and answers that a healthy sidecar does not give.
/// </summary>
internal sealed class ScriptedSidecar : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> requests = new();
    private readonly WebApplication app;

    private ScriptedSidecar(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            requests.Enqueue(await RecordAsync(context));
            await answer(context);
        });
    }

    public string Endpoint => app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The only request so far.</summary>
    public RecordedRequest Request => requests.Should().ContainSingle().Subject;

    public int RequestCount => requests.Count;

    public static async Task<ScriptedSidecar> StartAsync(RequestDelegate answer)
    {
        var sidecar = new ScriptedSidecar(answer);
        await sidecar.app.StartAsync();
        return sidecar;
    }

    /// <summary>Answers everything alike.</summary>
    public static Task<ScriptedSidecar> StartAsync(int status, string? body = null, params (string Name, string Value)[] headers) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        if (body is not null)
            await context.Response.WriteAsync(body);
    });

    public DaprClient Client(Action<DaprClientBuilder>? configure = null)
    {
        var builder = new DaprClientBuilder().UseHttpEndpoint(Endpoint);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<RecordedRequest> RecordAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body, Encoding.UTF8);
        return new RecordedRequest(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync());
    }
}
