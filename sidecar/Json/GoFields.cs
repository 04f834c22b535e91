using System.Text;
using System.Text.Json;

namespace Resort.Sidecar.Json;

/// <summary>
/// Reads fields as Go decodes into a struct: names match without regard to case, unknown ones are passed over, of equal ones the last counts,
/// <c>null</c> leaves a field empty, and a value of another type is an error.
/// </summary>
internal static class GoFields
{
    /// <summary>Steps into an object; false if the value is <c>null</c>.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool Enter(ref Utf8JsonReader reader, string what) => Expect(ref reader, JsonTokenType.StartObject, what, "an object");

    /// <summary>Steps into an array; false if the value is <c>null</c>.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static bool EnterArray(ref Utf8JsonReader reader, string what) => Expect(ref reader, JsonTokenType.StartArray, what, "an array");

    /// <summary>Whether the property name at which the reader stands is <paramref name="name"/>.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    /// <summary>The next value, a text or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? Text(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return Expect(ref reader, JsonTokenType.String, what, "a string") ? GoJson.Text(ref reader) : null;
    }

    /// <summary>The next value, an object of texts or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Dictionary<string, string>? Texts(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        if (!Enter(ref reader, what)) return null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = GoJson.Text(ref reader);
            texts[name] = Text(ref reader, $"{what}.{name}") ?? "";
        }
        return texts;
    }

    private static bool Expect(ref Utf8JsonReader reader, JsonTokenType type, string what, string description)
    {
        if (reader.TokenType == type) return true;
        return reader.TokenType == JsonTokenType.Null ? false : throw new JsonException($"{what} must be {description}");
    }
}
