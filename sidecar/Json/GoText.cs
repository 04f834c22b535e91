using System.Text;
using System.Text.Json;

namespace Resort.Sidecar.Json;

/// <summary>
/// A decoded JSON value as Go prints it with <c>%v</c>: <c>map[a:1 b:[x &lt;nil&gt;]]</c>. Dapr does that where a value should be text but is JSON.
/// </summary>
internal static class GoText
{
    /// <summary>The text of a value in normal form.</summary>
    public static byte[] Of(ReadOnlySpan<byte> normalized)
    {
        var reader = new Utf8JsonReader(normalized, GoJson.ReaderOptions);
        var output = new ByteBuffer();
        reader.Read();
        Value(ref reader, output);
        return output.ToArray();
    }

    private static void Value(ref Utf8JsonReader reader, ByteBuffer output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                output.Append("map["u8);
                for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndObject; first = false)
                {
                    if (!first) output.Append((byte)' ');
                    output.Append(Encoding.UTF8.GetBytes(GoJson.Text(ref reader)));
                    output.Append((byte)':');
                    reader.Read();
                    Value(ref reader, output);
                }
                output.Append((byte)']');
                break;
            case JsonTokenType.StartArray:
                output.Append((byte)'[');
                for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
                {
                    if (!first) output.Append((byte)' ');
                    Value(ref reader, output);
                }
                output.Append((byte)']');
                break;
            case JsonTokenType.String: output.Append(Encoding.UTF8.GetBytes(GoJson.Text(ref reader))); break;
            case JsonTokenType.Number: GoNumber.Print(reader.ValueSpan, output); break;
            case JsonTokenType.Null: output.Append("<nil>"u8); break;
            default: output.Append(reader.ValueSpan); break; // true, false
        }
    }
}
