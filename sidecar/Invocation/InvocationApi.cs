using Microsoft.AspNetCore.Http.Features;
using Resort.Sidecar.Api;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Invocation;

/// <summary>Service invocation: <c>/v1.0/invoke/{app}/method/{path}</c>, and every other path that names an app in a header.</summary>
internal sealed class InvocationApi(DaprRuntime runtime) : IBuildingBlock, IAsyncDisposable
{
    private readonly Destinations destinations = new(runtime);
    private readonly ILogger log = runtime.Loggers.CreateLogger<InvocationApi>();

    public void Map(RouteTable routes) => routes.MapInvocation(InvokeAsync);

    public ValueTask DisposeAsync()
    {
        destinations.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task InvokeAsync(ApiContext call)
    {
        var (escaped, query) = Target(call.Http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (!GoUrl.TryUnescapePath(escaped, out var path))
        {
            call.Http.Response.Headers.Connection = "close";
            await call.Text("400 Bad Request", StatusCodes.Status400BadRequest);
            return;
        }
        var address = InvocationAddress.Of(call.Http.Request, path) ?? throw new DaprException(Errors.NoRoute);
        call.Trace.Invokes(address.Target, address.Method);
        try
        {
            var request = new OutgoingRequest(call.Http.Request, address.Method, query, runtime.Options.MaxBodySize, call.Trace);
            var destination = destinations.Find(address.Target);
            var policy = runtime.Policies.App(address.Target)?.For(destination.BreakerKey(address)) ?? Policy.None;
            await new Forwarder(call.Http, request, destination).RunAsync(policy, call.Aborted);
        }
        catch (TornAnswerException e) { InvocationLog.Torn(log, address.Target, address.Method, e.InnerException!); }
        catch (BodyTooLargeException) { throw new DaprException(Errors.NotInvoked(address.Target, "stream too large")); }
        catch (InvocationException e) { throw new DaprException(Errors.NotInvoked(address.Target, e.Message, e.Status)); }
        catch (ResiliencyException e) { throw new DaprException(Errors.NotInvoked(address.Target, e.Message)); }
    }

    /// <summary>Path and query of a request line, as they were sent; a proxy's form (<c>http://host/path</c>) has the host in front.</summary>
    private static (string Path, string Query) Target(string raw)
    {
        var start = raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? Math.Max(raw.IndexOf('/', "http://".Length), 0) : 0;
        var end = raw.IndexOf('?', start);
        return end < 0 ? (raw[start..], "") : (raw[start..end], raw.Length == end + 1 ? "" : raw[end..]);
    }
}

/// <summary>Log lines of service invocation.</summary>
internal static partial class InvocationLog
{
    [LoggerMessage(1, LogLevel.Warning, "The answer of {Target} to {Method} broke off after its beginning had reached the caller, whose connection was cut")]
    public static partial void Torn(ILogger log, string target, string method, Exception cause);
}
