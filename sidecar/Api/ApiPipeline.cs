using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.Api;

/// <summary>What happens to every request to a sidecar's HTTP port, in Dapr's order: path, token, route, error answer.</summary>
internal sealed class ApiPipeline(DaprRuntime runtime, ILogger<ApiPipeline> log)
{
    private readonly byte[]? token = runtime.Options.ApiToken is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : null;

    public async Task HandleAsync(HttpContext http)
    {
        var began = Stopwatch.GetTimestamp();
        var path = CleanPath(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        try { await HandleAsync(http, path); }
        finally { runtime.Metrics.Http.Served(http, path, Stopwatch.GetElapsedTime(began)); }
    }

    private async Task HandleAsync(HttpContext http, string path)
    {
        if (!IsHealth(path) && Baggage.Problem(http.Request) is { } problem)
        {
            await RefuseAsync(new ApiContext(http, runtime, path), $"invalid baggage header: {problem}\n", StatusCodes.Status400BadRequest);
            return;
        }
        var trace = path.Contains("/healthz", StringComparison.Ordinal) ? RequestTrace.Silent : runtime.Tracing.Begin(http, path); // known or not
        try { await AnswerAsync(new ApiContext(http, runtime, path) { Trace = trace }, path); }
        finally { trace.End(http.Response.StatusCode); }
    }

    private async Task AnswerAsync(ApiContext call, string path)
    {
        var http = call.Http;
        try
        {
            if (!IsAuthorized(http, path)) await RefuseAsync(call, "invalid api token\n", StatusCodes.Status401Unauthorized);
            else await RouteAsync(call, path);
        }
        catch (DaprException e) when (!http.Response.HasStarted)
        {
            await call.Error(e.Error);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // the caller has gone: there is nobody to answer
        }
        catch (Exception e) when (!http.Response.HasStarted && e is not BadHttpRequestException)
        {
            ApiLog.Unclassified(log, e, http.Request.Method, path);
            await call.Error(Errors.Unclassified("internal error; the sidecar's log has the details"));
        }
    }

    private Task RouteAsync(ApiContext call, string path)
    {
        List<string> segments = [];
        if (runtime.Routes.Find(call.Http.Request.Method, path, segments) is not { } route) return runtime.Routes.Fallback(call);
        for (var i = 0; i < segments.Count; i++)
        {
            if (!GoUrl.TryUnescape(segments[i], out var value)) return call.Text("400 Bad Request", StatusCodes.Status400BadRequest);
            call.AddRouteValue(route.Names[i], value);
        }
        return route.Handler(call);
    }

    /// <summary>The token protects everything but the two health routes.</summary>
    private bool IsAuthorized(HttpContext http, string path)
    {
        if (token is null || (http.Request.Method == "GET" && IsHealth(path))) return true;
        var given = http.Request.Headers["dapr-api-token"].ToString();
        http.Request.Headers.Remove("dapr-api-token"); // never forwarded
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), token);
    }

    private static bool IsHealth(string path) => path.StartsWith("/v1.0/healthz", StringComparison.Ordinal) && path.TrimEnd('/') is "/v1.0/healthz" or "/v1.0/healthz/outbound";

    /// <summary>The answer for paths that are nobody's when invocation is denied.</summary>
    public static Task NotFoundAsync(ApiContext call) => RefuseAsync(call, "404 page not found\n", StatusCodes.Status404NotFound);

    private static Task RefuseAsync(ApiContext call, string problem, int status)
    {
        call.Http.Response.Headers.XContentTypeOptions = "nosniff";
        return call.Text(problem, status);
    }

    private static string CleanPath(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        if (path.Length == 0 || path[0] != '/') path = Uri.TryCreate(path, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : "/" + path;
        while (path.Contains("//", StringComparison.Ordinal)) path = path.Replace("//", "/", StringComparison.Ordinal);
        return path.Contains("/.", StringComparison.Ordinal) ? "/" + MethodPath.Clean(path) : path;
    }
}

/// <summary>Log lines of the API.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Unclassified(ILogger log, Exception error, string method, string path);
}
