using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Dapr.Workflow.Grpc;

/// <summary>Finds how a call ended: in the headers when there are no messages, otherwise in the trailers.</summary>
internal static class GrpcStatus
{
    /// <summary>Throws if the headers already tell an error. A status in the headers means that no message follows.</summary>
    public static void ThrowIfRefused(HttpResponseMessage response, string method)
    {
        if (response.Headers.Contains("grpc-status"))
            ThrowUnlessOk(response.Headers, method);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new GrpcException(FromHttp(response.StatusCode), $"{method} failed: the answer has HTTP status {(int)response.StatusCode}.");
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
            throw new GrpcException(
                GrpcStatusCode.Unknown, $"{method} failed: the answer is of type '{response.Content.Headers.ContentType}', which is not gRPC.");
    }

    /// <summary>Throws unless the answer, read to its end, says OK.</summary>
    public static void ThrowUnlessOk(HttpResponseMessage response, string method) =>
        ThrowUnlessOk(response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders, method);

    private static void ThrowUnlessOk(HttpHeaders headers, string method)
    {
        var given = First(headers, "grpc-status");
        if (given == "0")
            return;

        var status = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? (GrpcStatusCode)code : GrpcStatusCode.Unknown;
        var message = Uri.UnescapeDataString(First(headers, "grpc-message") ?? (given is null ? "the answer ended without a status" : ""));
        throw new GrpcException(status, $"{method} failed with status {status}: {message}");
    }

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static GrpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };
}
