using System.Text.Json;

namespace Resort.Defaults;

/// <summary>An event on its way to the broker, and whether it has arrived there.</summary>
public sealed class OutgoingEvent(string id, string type, string reservationId, string? traceParent, byte[] data)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => done.Task;

    public void Arrived() => done.TrySetResult();

    public void Failed(Exception reason) => done.TrySetException(reason);

    /// <summary>The event as an entry of a bulk publish.</summary>
    public void Write(Utf8JsonWriter writer, string entryId)
    {
        writer.WriteStartObject();
        writer.WriteString("entryId", entryId);
        writer.WriteString("contentType", "application/json");
        writer.WritePropertyName("event");
        writer.WriteRawValue(data, skipInputValidation: true);
        writer.WriteStartObject("metadata");
        writer.WriteString("cloudevent.id", id);
        writer.WriteString("cloudevent.type", type);
        writer.WriteString("partitionKey", reservationId); // a partitioned broker keeps one reservation's events in order
        if (traceParent is not null)
            writer.WriteString("cloudevent.traceparent", traceParent); // the call has none of its own: it carries several requests' events
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
