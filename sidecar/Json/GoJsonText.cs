using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Resort.Sidecar.Json;

/// <summary>JSON strings as Go writes them.</summary>
internal static class GoJsonText
{
    /// <summary>All ASCII that Go escapes, and the first byte of U+2028 and U+2029.</summary>
    private static readonly SearchValues<byte> special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), .. "\"\\<>&"u8, 0xE2]);

    /// <summary>U+FFFD.</summary>
    public static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>Writes a string, given without its quotes as it stands in valid JSON.</summary>
    public static void Write(ReadOnlySpan<byte> raw, bool escaped, ByteBuffer output)
    {
        output.Append((byte)'"');
        if (escaped)
        {
            var decoded = ArrayPool<byte>.Shared.Rent(raw.Length);
            WriteDecoded(decoded.AsSpan(0, Unescape(raw, decoded)), output);
            ArrayPool<byte>.Shared.Return(decoded);
        }
        else WriteDecoded(raw, output);
        output.Append((byte)'"');
    }

    /// <summary>Replaces the escapes of a valid JSON string; the result is never longer. Half a surrogate pair becomes U+FFFD.</summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> decoded)
    {
        var length = 0;
        while (raw.Length > 0)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0) plain = raw.Length;
            raw[..plain].CopyTo(decoded[length..]);
            length += plain;
            raw = raw[plain..];
            if (raw.Length == 0) break;
            if (raw[1] != 'u')
            {
                decoded[length++] = (char)raw[1] switch { 'b' => (byte)'\b', 'f' => (byte)'\f', 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', _ => raw[1] };
                raw = raw[2..];
                continue;
            }
            var unit = CodeUnit(raw);
            raw = raw[6..];
            if (!Rune.TryCreate(unit, out var rune))
            {
                if (raw.StartsWith("\\u"u8) && Rune.TryCreate(unit, CodeUnit(raw), out rune)) raw = raw[6..];
                else rune = Rune.ReplacementChar;
            }
            length += rune.EncodeToUtf8(decoded[length..]);
        }
        return length;
    }

    /// <summary>The order of two strings, given as they stand in JSON, by their decoded bytes.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.IndexOf((byte)'\\') < 0 && right.IndexOf((byte)'\\') < 0) return left.SequenceCompareTo(right);
        var (decodedLeft, decodedRight) = (new byte[left.Length], new byte[right.Length]);
        return decodedLeft.AsSpan(0, Unescape(left, decodedLeft)).SequenceCompareTo(decodedRight.AsSpan(0, Unescape(right, decodedRight)));
    }

    private static void WriteDecoded(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        while (text.IndexOfAny(special) is var at and >= 0)
        {
            output.Append(text[..at]);
            text = text[at..];
            var length = 1;
            switch (text[0])
            {
                case (byte)'"': output.Append("\\\""u8); break;
                case (byte)'\\': output.Append("\\\\"u8); break;
                case (byte)'\b': output.Append("\\b"u8); break;
                case (byte)'\f': output.Append("\\f"u8); break;
                case (byte)'\n': output.Append("\\n"u8); break;
                case (byte)'\r': output.Append("\\r"u8); break;
                case (byte)'\t': output.Append("\\t"u8); break;
                case 0xE2 when text.StartsWith("\u2028"u8) || text.StartsWith("\u2029"u8):
                    output.Append(text[2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
                    length = 3;
                    break;
                case 0xE2: output.Append(0xE2); break;
                default:
                    output.Append("\\u00"u8);
                    output.Append(Hex(text[0] >> 4));
                    output.Append(Hex(text[0] & 0xF));
                    break;
            }
            text = text[length..];
        }
        output.Append(text);
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) => Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'x') ? (char)unit : '\0';

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit];
}
