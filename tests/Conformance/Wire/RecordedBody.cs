using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Wire;

/// <summary>Bytes as recordings show them: JSON where it is JSON, text where it is text, base64 otherwise; long ones by length and sum.</summary>
internal static class RecordedBody
{
    private const int Longest = 8192;
    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The recorded form; null for no bytes.</summary>
    public static JsonNode? Of(byte[] bytes, string? contentType)
    {
        if (bytes.Length == 0) return null;
        if (bytes.Length > Longest) return new JsonObject { ["$bytes"] = bytes.Length, ["$sum"] = bytes.Aggregate(7u, (sum, b) => unchecked((sum * 31) + b)) };
        if (Text(bytes) is not { } text) return new JsonObject { ["$base64"] = Convert.ToBase64String(bytes) };
        if (contentType?.Contains("json", StringComparison.Ordinal) == true)
            try { return new JsonObject { ["$json"] = Json.Parse(text) }; }
            catch (JsonException) { /* it only says so: as text */ }
        return JsonValue.Create(text);
    }

    private static string? Text(byte[] bytes)
    {
        try { return strict.GetString(bytes); }
        catch (DecoderFallbackException) { return null; }
    }
}
