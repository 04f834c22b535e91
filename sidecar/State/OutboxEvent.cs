using System.Buffers;
using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Json;
using Resort.Sidecar.PubSub;

namespace Resort.Sidecar.State;

/// <summary>The event of one upsert: a CloudEvent whose data is the value, or the projection that the transaction gives for its key.</summary>
internal sealed class OutboxEvent
{
    private readonly SortedDictionary<string, string> attributes = new(StringComparer.Ordinal);
    private readonly byte[] body;
    private readonly string contentType;

    /// <summary>
    /// The event of <paramref name="upsert"/>. All metadata of the upsert becomes attributes, even over Dapr's own; only id and data cannot be replaced.
    /// </summary>
    public OutboxEvent(StateItem upsert, StateItem payload, string appId, (string Parent, string State) trace, TimeProvider clock)
    {
        contentType = payload.ContentType ?? payload.Metadata?.GetValueOrDefault("contentType") ?? "";
        var isJson = contentType.Equals("application/json", StringComparison.OrdinalIgnoreCase); // with parameters it is text to the outbox
        body = isJson ? payload.Value : GoText.Of(payload.Value);
        attributes["datacontenttype"] = contentType.Length > 0 ? contentType : "text/plain";
        attributes["source"] = appId;
        attributes["specversion"] = "1.0";
        attributes["time"] = EnvelopeWriter.Time(clock.GetLocalNow());
        attributes["traceid"] = trace.Parent;
        attributes["traceparent"] = "";
        attributes["tracestate"] = trace.State;
        attributes["type"] = EnvelopeWriter.EventType;
        foreach (var (name, value) in upsert.Metadata ?? []) attributes[name] = value;
        attributes.Remove("data");
        attributes["id"] = Id = $"{IdPrefix}{Guid.CreateVersion7(clock.GetUtcNow())}";
    }

    /// <summary>What the ids of all such events begin with.</summary>
    public const string IdPrefix = "outbox-";

    /// <summary>The id of the event; later ones sort after earlier ones.</summary>
    public string Id { get; }

    /// <summary>The event as it goes to a topic.</summary>
    public byte[] To(string pubsub, string topic)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            EnvelopeWriter.WriteData(writer, body, contentType);
            foreach (var (name, value) in attributes)
                if (name is not ("topic" or "pubsubname")) writer.WriteString(name, value);
            writer.WriteString("pubsubname"u8, pubsub);
            writer.WriteString("topic"u8, topic);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
