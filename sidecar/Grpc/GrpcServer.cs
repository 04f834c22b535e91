using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Grpc;

/// <summary>
/// gRPC by hand on Kestrel's HTTP/2: finds the method, checks the API token, and turns what a handler throws into a status.
/// </summary>
internal sealed class GrpcServer(GrpcMethods methods, string? apiToken, long largestMessage, GrpcMetrics metrics, ILogger<GrpcServer> log) : IDisposable
{
    private const string ContentType = "application/grpc";

    private readonly CancellationTokenSource stopping = new();
    private readonly byte[]? token = string.IsNullOrEmpty(apiToken) ? null : Encoding.UTF8.GetBytes(apiToken);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.ContentType?.StartsWith(ContentType, StringComparison.Ordinal) != true)
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        http.Response.ContentType = ContentType;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var call = new GrpcCall(http, largestMessage, deadline.Token, stopping.Token);
        var began = Stopwatch.GetTimestamp();
        var handler = methods.Find(http.Request.Path.Value ?? "");
        try
        {
            if (GrpcDeadline.Of(http.Request) is { } time) deadline.CancelAfter(time);
            if (!IsAuthorized(http)) throw new GrpcException(GrpcStatus.Unauthenticated, "Unauthorized");
            if (handler is null) throw NotProxied;
            await handler(call);
            call.End(GrpcStatus.Ok);
        }
        catch (GrpcException e)
        {
            call.End(e.Status, e.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            call.End(GrpcStatus.DeadlineExceeded, "context deadline exceeded");
        }
        catch (OperationCanceledException)
        {
            call.End(GrpcStatus.Cancelled, "context canceled"); // by the caller, whom it no longer reaches, or by the end of the sidecar
        }
        catch (Exception e)
        {
            if (!http.RequestAborted.IsCancellationRequested) GrpcLog.Failed(log, e, http.Request.Path);
            call.End(GrpcStatus.Internal, "internal error; the sidecar's log has the details");
        }
        finally
        {
            metrics.Served(handler is null ? "unknown" : http.Request.Path.Value!, call.Status, Stopwatch.GetElapsedTime(began));
        }
    }

    /// <summary>Ends streams and waiting calls, so that the listener can close.</summary>
    public void Stop() => stopping.Cancel();

    public void Dispose() => stopping.Dispose();

    /// <summary>daprd hands methods that it does not know to its gRPC proxy; the embedded sidecar has none, so there is never a target.</summary>
    private static GrpcException NotProxied => new(GrpcStatus.Unknown, "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found");

    private bool IsAuthorized(HttpContext http) =>
        token is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers["dapr-api-token"].ToString()), token);
}

/// <summary>Log lines of the gRPC server.</summary>
internal static partial class GrpcLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} failed")]
    public static partial void Failed(ILogger log, Exception error, string method);
}
