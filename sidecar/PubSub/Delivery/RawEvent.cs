using System.Buffers;
using System.Text.Json;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The envelope that a message gets for a subscription with <c>rawPayload</c>, whatever it is itself.</summary>
internal static class RawEvent
{
    public static byte[] Wrap(byte[] data, string pubsub, string topic, Guid id)
    {
        var buffer = new ArrayBufferWriter<byte>((data.Length * 4 / 3) + 256);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("data_base64"u8, data);
            writer.WriteString("datacontenttype"u8, MediaType.Binary);
            writer.WriteString("id"u8, id);
            writer.WriteString("pubsubname"u8, pubsub);
            writer.WriteString("source"u8, "Dapr"u8);
            writer.WriteString("specversion"u8, "1.0"u8);
            writer.WriteString("topic"u8, topic);
            writer.WriteString("type"u8, EnvelopeWriter.EventType);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
