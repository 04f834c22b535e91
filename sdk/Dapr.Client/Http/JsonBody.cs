using System.Buffers;
using System.Text.Json;

namespace Dapr.Client;

/// <summary>A request body, written straight to UTF-8.</summary>
internal sealed class JsonBody : IDisposable
{
    public const string MediaType = "application/json";

    private readonly ArrayBufferWriter<byte> buffer = new(512);

    public JsonBody(JsonSerializerOptions options)
    {
        Json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = options.Encoder });
    }

    public Utf8JsonWriter Json { get; }

    public static HttpContent Content(ReadOnlyMemory<byte> bytes, string mediaType = MediaType)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    /// <summary>Writes a string map, if there is anything in it.</summary>
    public void WriteMetadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
            return;

        Json.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
            Json.WriteString(name, value);
        Json.WriteEndObject();
    }

    /// <summary>Writes bytes that are JSON already.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void WriteRaw(string name, ReadOnlySpan<byte> bytes, string what)
    {
        Json.WritePropertyName(name);
        try
        {
            Json.WriteRawValue(bytes);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{what} is not JSON, which is all that Dapr's HTTP API can carry: {e.Message}", e);
        }
    }

    public HttpContent ToContent()
    {
        Json.Flush();
        return Content(buffer.WrittenMemory);
    }

    public void Dispose() => Json.Dispose();
}
