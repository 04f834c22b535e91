#nullable enable

using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Dapr;

/// <summary>What an endpoint gets to read instead of the envelope; without data there is no content type either.</summary>
internal readonly record struct CloudEventPayload(byte[] Body, string? ContentType);

/// <summary>
/// The members of an envelope that say what the data is, in any case; the last of several counts. Values stay where they are:
/// JSON data is handed on byte for byte.
/// </summary>
internal readonly struct CloudEventEnvelope
{
    private const string Json = "application/json";

    private ReadOnlySequence<byte>? Data { get; init; }

    private bool DataIsText { get; init; }

    private ReadOnlySequence<byte>? DataBase64 { get; init; }

    private string? DataContentType { get; init; }

    public static CloudEventEnvelope Parse(in ReadOnlySequence<byte> json)
    {
        var envelope = default(CloudEventEnvelope);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("It is not an object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(reader, "data"))
                envelope = envelope with { Data = Value(ref reader, json, out var type), DataIsText = type == JsonTokenType.String };
            else if (Is(reader, "data_base64"))
                envelope = envelope with { DataBase64 = Value(ref reader, json, out _) };
            else if (Is(reader, "datacontenttype"))
                envelope = envelope with { DataContentType = Text(ref reader) };
            else
                reader.Skip();
        }

        reader.Read();
        return envelope;
    }

    /// <summary>Gives null when there is data in both forms.</summary>
    public CloudEventPayload? Unwrap(bool keepText)
    {
        if (DataBase64 is { } binary)
            return Data is null ? new CloudEventPayload(Decode(binary), ContentType(out _)) : null;
        if (Data is not { } data)
            return new CloudEventPayload([], null);

        var contentType = ContentType(out var isJson);
        return new CloudEventPayload(DataIsText && !isJson && !keepText ? Unescape(data) : data.ToArray(), contentType);
    }

    // Content types such as application/x+json do not count as JSON here, as in the official SDK.
    private string ContentType(out bool isJson)
    {
        isJson = true;
        if (DataContentType is null or Json || !MediaTypeHeaderValue.TryParse(DataContentType, out var parsed))
            return Json;

        isJson = parsed.MediaType == Json;
        if (!parsed.Charset.HasValue)
            return DataContentType;

        parsed.Charset = default;
        return parsed.ToString();
    }

    private static bool Is(in Utf8JsonReader name, string expected) =>
        name.HasValueSequence || name.ValueIsEscaped
            ? string.Equals(name.GetString(), expected, StringComparison.OrdinalIgnoreCase)
            : Ascii.EqualsIgnoreCase(name.ValueSpan, expected);

    private static ReadOnlySequence<byte> Value(ref Utf8JsonReader reader, in ReadOnlySequence<byte> json, out JsonTokenType type)
    {
        reader.Read();
        type = reader.TokenType;
        var start = reader.TokenStartIndex;
        reader.Skip();
        return json.Slice(start, reader.BytesConsumed - start);
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    private static byte[] Unescape(in ReadOnlySequence<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    private static byte[] Decode(in ReadOnlySequence<byte> base64)
    {
        var reader = new Utf8JsonReader(base64);
        reader.Read();
        return reader.GetBytesFromBase64();
    }
}
