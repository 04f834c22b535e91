using System.Text.Json;

namespace Resort.Sidecar.Json;

/// <summary>Decodes JSON as Go's decoder does, with its words for what is wrong: Dapr passes them on to callers.</summary>
internal static class GoDecoder
{
    /// <summary>The first value of a text; what follows does not count.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public static JsonElement First(ReadOnlyMemory<byte> text)
    {
        var readable = GoJson.Readable(text);
        var reader = new Utf8JsonReader(readable.Span, GoJson.ReaderOptions);
        try { return JsonElement.ParseValue(ref reader); }
        catch (JsonException e) { throw new JsonException(GoSyntax.Problem(readable.Span) ?? e.Message, e); }
    }

    /// <summary>A text, or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? Text(JsonElement value, string what) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => throw Mismatch(value, $"{what} of type string"),
    };

    /// <summary>An object of texts, or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Dictionary<string, string>? Texts(JsonElement value, string what)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Object) throw Mismatch(value, $"{what} of type map[string]string");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject()) texts[field.Name] = Text(field.Value, what) ?? "";
        return texts;
    }

    /// <summary>The error for a value that does not fit, such as <c>json: cannot unmarshal number into Go struct field …</c></summary>
    public static JsonException Mismatch(JsonElement value, string target) => new($"json: cannot unmarshal {Kind(value.ValueKind)} into Go {target}");

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "bool",
    };
}
