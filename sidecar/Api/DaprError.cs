using System.Text.Json.Nodes;

namespace Resort.Sidecar.Api;

/// <summary>An error answer of the Dapr API: HTTP status, <c>errorCode</c>, <c>message</c> and, in the rich shape, <c>details</c>.</summary>
internal sealed record DaprError(int Status, string ErrorCode, string Message, JsonArray? Details = null);

/// <summary>Ends a request with an error answer; any handler may throw it.</summary>
internal sealed class DaprException(DaprError error) : Exception(error.Message)
{
    /// <summary>What the caller gets.</summary>
    public DaprError Error { get; } = error;
}
