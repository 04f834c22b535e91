using System.Buffers;
using System.Text.Json;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The body of a bulk delivery. Events go in as they are, raw ones as base64.</summary>
internal sealed class BulkRequest(Receiver receiver, string topic, DateTimeOffset now)
{
    /// <summary>The ids by which the app answers, in the order of the entries.</summary>
    public List<string> EntryIds { get; } = [];

    public byte[] Write(List<ReceivedEvent> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(entries.Sum(entry => entry.Body.Length + 160) + 256);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, Guid.CreateVersion7(now));
            writer.WriteStartArray("entries"u8);
            foreach (var entry in entries) Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("pubsubName"u8, receiver.Component.Name);
            writer.WriteEndObject();
            writer.WriteString("pubsubname"u8, receiver.Component.Name);
            writer.WriteString("topic"u8, topic);
            writer.WriteString("type"u8, EnvelopeWriter.EventType + ".bulk");
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter writer, ReceivedEvent entry)
    {
        EntryIds.Add(Guid.CreateVersion7(now).ToString());
        writer.WriteStartObject();
        writer.WriteString("entryId"u8, EntryIds[^1]);
        writer.WritePropertyName("event"u8);
        if (receiver.IsRaw) writer.WriteBase64StringValue(entry.Message.Data);
        else writer.WriteRawValue(entry.Body, skipInputValidation: true);
        writer.WriteStartObject("metadata"u8);
        foreach (var (name, value) in entry.Message.Metadata) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteString("contentType"u8, receiver.IsRaw ? MediaType.Binary : MediaType.CloudEvent);
        writer.WriteEndObject();
    }
}
