using System.Text.Json;

namespace Resort.Defaults;

/// <summary>An event as it was delivered: what is needed of its envelope, and its data.</summary>
public sealed record DeliveredEvent(string Id, string Type, JsonElement Data, string TraceParent)
{
    /// <exception cref="JsonException">It is no envelope, or has no data.</exception>
    public static DeliveredEvent Read(JsonElement envelope) =>
        envelope.ValueKind is JsonValueKind.Object && envelope.TryGetProperty("data", out var data)
            ? new(Text(envelope, "id"), Text(envelope, "type"), data, Trace(envelope))
            : throw new JsonException("It is no CloudEvent with data.");

    /// <summary>A text of the envelope; empty when it is not there.</summary>
    public static string Text(JsonElement envelope, string name) =>
        envelope.ValueKind is JsonValueKind.Object && envelope.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()!
            : "";

    // Dapr's outbox fills only the latter
    private static string Trace(JsonElement envelope) =>
        Text(envelope, "traceparent") is { Length: > 0 } traceParent ? traceParent : Text(envelope, "traceid");
}
