using System.Globalization;
using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>What a delivery needs to know of an event: its id for the log, when it expires, and the trace context it came with.</summary>
internal readonly record struct EventHead(string Id, string? Expiration, string? Trace)
{
    private static readonly JsonReaderOptions reading = new() { MaxDepth = GoJson.ReaderOptions.MaxDepth + 1 }; // the envelope around what was published

    /// <summary>The <c>traceparent</c> header of the delivery; null for an event that says nothing of a trace.</summary>
    public string? TraceParent => Trace is null || TraceContext.IsValid(Trace) ? Trace : TraceContext.None;

    public bool IsExpired(DateTimeOffset now) =>
        Expiration is not null && DateTimeOffset.TryParse(Expiration, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time < now;

    /// <summary>Reads an event without building anything of it.</summary>
    /// <exception cref="JsonException">The bytes are no JSON object.</exception>
    public static EventHead Read(ReadOnlySpan<byte> body)
    {
        string? id = null, expiration = null, traceParent = null, traceId = null;
        var reader = new Utf8JsonReader(body, reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("it is no object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (reader.ValueTextEquals("id"u8)) id = Text(ref reader);
            else if (reader.ValueTextEquals("expiration"u8)) expiration = Text(ref reader);
            else if (reader.ValueTextEquals("traceparent"u8)) traceParent = Text(ref reader);
            else if (reader.ValueTextEquals("traceid"u8)) traceId = Text(ref reader);
            else reader.Skip();
        reader.Read(); // nothing may follow
        return new EventHead(id ?? "", expiration, traceParent ?? traceId);
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }
}
