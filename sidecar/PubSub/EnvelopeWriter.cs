using System.Buffers;
using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.PubSub;

/// <summary>Puts an event into its CloudEvents envelope, fields in alphabetical order. JSON goes in as it is written.</summary>
internal sealed class EnvelopeWriter(string appId, TimeProvider clock)
{
    public const string EventType = "com.dapr.event.sent";
    private readonly CloudEventCompletion completion = new(appId, clock);

    /// <summary>The envelope: made around the body, or the body itself, completed, if it is declared a CloudEvent.</summary>
    /// <exception cref="DaprException">It is declared a CloudEvent and is none.</exception>
    public byte[] Write(Publication publication) => MediaType.IsCloudEvent(publication.ContentType) ? completion.Complete(publication) : Wrap(publication);

    /// <summary>A point in time as Dapr writes it: whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.ToString(time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", null);

    private byte[] Wrap(Publication publication)
    {
        var now = clock.GetUtcNow();
        var metadata = publication.Metadata;
        var traceParent = Override("traceparent") ?? Override("traceid") ?? publication.TraceParent;
        var buffer = new ArrayBufferWriter<byte>(publication.Body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            WriteData(writer, publication.Body, publication.ContentType);
            writer.WriteString("datacontenttype"u8, publication.ContentType is { Length: > 0 } type ? type : "text/plain");
            if (!publication.BrokerExpires && PublishMetadata.Expiration(metadata, now) is { } expiration) writer.WriteString("expiration"u8, Time(expiration));
            writer.WriteString("id"u8, Override("id") ?? Guid.CreateVersion7(now).ToString());
            writer.WriteString("pubsubname"u8, publication.Pubsub);
            writer.WriteString("source"u8, Override("source") ?? appId);
            writer.WriteString("specversion"u8, "1.0"u8);
            if (Override("subject") is { } subject) writer.WriteString("subject"u8, subject);
            writer.WriteString("time"u8, Time(clock.GetLocalNow()));
            writer.WriteString("topic"u8, publication.Topic);
            writer.WriteString("traceid"u8, traceParent);
            writer.WriteString("traceparent"u8, traceParent);
            writer.WriteString("tracestate"u8, Override("tracestate") ?? publication.TraceState);
            writer.WriteString("type"u8, Override("type") ?? EventType);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();

        string? Override(string field) => metadata.Count > 0 && metadata.TryGetValue("cloudevent." + field, out var given) && given.Length > 0 ? given : null;
    }

    /// <summary>The data of an event by its type: JSON, text, or bytes as <c>data_base64</c>.</summary>
    public static void WriteData(Utf8JsonWriter writer, ReadOnlyMemory<byte> body, string? type)
    {
        if (MediaType.IsBinary(type))
        {
            writer.WriteBase64String("data_base64"u8, body.Span);
            return;
        }
        var text = GoJson.Readable(body).Span;
        writer.WritePropertyName("data"u8);
        if (MediaType.IsJson(type) && FirstValue(text) is { IsEmpty: false } json) writer.WriteRawValue(json, skipInputValidation: true);
        else writer.WriteStringValue(text);
    }

    /// <summary>The first JSON value of a text, which is all that Dapr takes; empty if it does not begin with one.</summary>
    private static ReadOnlySpan<byte> FirstValue(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, GoJson.ReaderOptions);
        try
        {
            if (!reader.Read()) return default;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return text[start..(int)reader.BytesConsumed];
        }
        catch (JsonException) { return default; }
    }
}
