using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Resort.Sidecar.Tracing;

/// <summary>What daprd writes into spans, by the name that it has there.</summary>
internal static class SpanTags
{
    public const string InvocationService = "ServiceInvocation";

    public static string InvocationName(string appId, string method) => $"CallLocal/{appId}/{method}";

    /// <summary>A request of the HTTP API.</summary>
    public static void SetRequest(Activity span, HttpContext http, string path)
    {
        var api = $"{http.Request.Method} {path}";
        span.SetTag("dapr.api", api);
        span.SetTag("dapr.protocol", "http");
        span.SetTag("http.request.method", http.Request.Method);
        span.SetTag("url.full", http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        span.SetTag("server.address", http.Request.Host.Host);
        if (http.Request.Host.Port is { } port) span.SetTag("server.port", port.ToString(CultureInfo.InvariantCulture));
        if (path.Split('/', 5) is not ["", _, var block, var name, ..]) return;
        if (block == "publish") span.SetTag("messaging.system", "pubsub");
        if (block is not ("state" or "secrets")) return;
        span.SetTag("db.system", block);
        span.SetTag("db.connection_string", block);
        span.SetTag("db.name", name);
        span.SetTag("db.statement", api);
    }

    /// <summary>The answer to it.</summary>
    public static void SetStatus(Activity span, int status)
    {
        span.SetTag("dapr.status_code", status.ToString(CultureInfo.InvariantCulture));
        if (status >= StatusCodes.Status400BadRequest) span.SetStatus(ActivityStatusCode.Error, $"Code({status}): {ReasonPhrases.GetReasonPhrase(status)}");
    }

    /// <summary>A call that comes from another app's sidecar.</summary>
    public static void SetCall(Activity span, string method)
    {
        span.SetTag("dapr.api", "/dapr.proto.internals.v1.ServiceInvocation/CallLocalStream");
        span.SetTag("dapr.invoke_method", method);
        span.SetTag("dapr.protocol", "grpc");
        span.SetTag("rpc.service", InvocationService);
    }

    /// <summary>A delivery to the app.</summary>
    public static void SetDelivery(Activity span, string topic)
    {
        span.SetTag("messaging.system", "pubsub");
        span.SetTag("messaging.destination.name", topic);
    }
}
