using System.Text.Json.Nodes;

namespace Resort.Sidecar.Api;

/// <summary>
/// Every error the API answers: its status, code and text are decided here and nowhere else. One file per building block; this one holds the
/// shapes they share.
/// </summary>
internal static partial class Errors
{
    /// <summary>The detail that names a reason: <c>google.rpc.ErrorInfo</c>.</summary>
    internal static JsonObject ErrorInfo(string reason, JsonObject? metadata) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
        ["reason"] = reason,
        ["domain"] = "dapr.io",
        ["metadata"] = metadata,
    };

    /// <summary>The detail that names what was asked for: <c>google.rpc.ResourceInfo</c>.</summary>
    internal static JsonObject ResourceInfo(string type, string name, string description) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ResourceInfo",
        ["resource_type"] = type,
        ["resource_name"] = name,
        ["owner"] = "",
        ["description"] = description,
    };

    /// <summary>The detail that names a wrong field: <c>google.rpc.BadRequest</c>.</summary>
    internal static JsonObject BadRequest(string field, string description) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
        ["field_violations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = description }),
    };

    /// <summary>A failure that no handler has classified.</summary>
    public static DaprError Unclassified(string message) => new(500, "ERROR", message);

    /// <summary>The body is not what the endpoint reads.</summary>
    public static DaprError MalformedRequest(string message) => new(400, "ERR_MALFORMED_REQUEST", message);
}
