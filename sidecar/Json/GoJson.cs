using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Resort.Sidecar.Json;

/// <summary>
/// JSON as Go's <c>encoding/json</c> reads and writes it, which is what Dapr stores and sends on: bytes that are no UTF-8 become U+FFFD, only
/// the first value of a text counts, and a value that was decoded and encoded again has sorted keys (the last of equal ones counts), numbers
/// that went through a double, no blanks, and <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> escaped.
/// </summary>
internal static class GoJson
{
    private const int LargestKeptBuffer = 256 << 10;

    [ThreadStatic]
    private static GoJsonEncoder? reused;

    /// <summary>How every body is read. Deeper nesting than this is refused, long before it could exhaust a stack.</summary>
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 512 };

    /// <summary>The same for documents.</summary>
    public static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = ReaderOptions.MaxDepth };

    /// <summary>A text that a reader can take: valid UTF-8.</summary>
    public static ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> text) => Utf8.IsValid(text.Span) ? text : Repair(text.Span);

    /// <summary>The normal form of one JSON text.</summary>
    /// <exception cref="JsonException">It is no JSON, is nested too deeply, or has a number beyond a double.</exception>
    public static byte[] Normalize(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(Readable(json).Span, ReaderOptions);
        reader.Read();
        return Normalize(ref reader);
    }

    /// <summary>The normal form of the value at which the reader stands; the reader is left at its last token.</summary>
    /// <inheritdoc cref="Normalize(ReadOnlyMemory{byte})"/>
    public static byte[] Normalize(ref Utf8JsonReader reader)
    {
        var encoder = reused ?? new GoJsonEncoder();
        reused = null; // not to be found by an encoding inside this one, nor after an exception
        var value = encoder.Encode(ref reader);
        if (value.Length <= LargestKeptBuffer) reused = encoder;
        return value;
    }

    /// <summary>The text of a string or property name; half a surrogate pair becomes U+FFFD.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        var decoded = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var text = Encoding.UTF8.GetString(decoded.AsSpan(0, GoJsonText.Unescape(reader.ValueSpan, decoded)));
        ArrayPool<byte>.Shared.Return(decoded);
        return text;
    }

    private static byte[] Repair(ReadOnlySpan<byte> text)
    {
        var repaired = new ByteBuffer();
        while (text.Length > 0)
        {
            var valid = Rune.DecodeFromUtf8(text, out _, out var length) == OperationStatus.Done;
            if (!valid) length = 1;
            repaired.Append(valid ? text[..length] : GoJsonText.Replacement);
            text = text[length..];
        }
        return repaired.ToArray();
    }
}
