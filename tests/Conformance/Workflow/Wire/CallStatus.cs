using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>How a call ended.</summary>
internal sealed record CallStatus(int Code, string Message)
{
    private static readonly string[] names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
        "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    public bool IsOk => Code == 0;

    /// <summary>The caller ended the call.</summary>
    public static CallStatus Cancelled { get; } = new(1, "Cancelled on client");

    public static CallStatus DeadlineExceeded { get; } = new(4, "Deadline exceeded");

    /// <summary>The connection could not be made, or broke.</summary>
    public static CallStatus Unavailable(Exception why) => new(14, why.Message);

    /// <summary>The status of an answer read to its end: in the trailers, or in the headers if nothing else was sent.</summary>
    public static CallStatus Of(HttpResponseMessage answer) => Header(answer, "grpc-status") is { } code
        ? new CallStatus(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), Uri.UnescapeDataString(Header(answer, "grpc-message") ?? ""))
        : new CallStatus(2, $"HTTP {(int)answer.StatusCode} without grpc-status");

    public JsonObject ToJson() => new() { ["code"] = names[Code], ["message"] = Message };

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out var found) || answer.Headers.TryGetValues(name, out found) ? found.Single() : null;
}
