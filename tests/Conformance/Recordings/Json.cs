using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>How recordings are read and written as JSON.</summary>
internal static class Json
{
    /// <summary>A field that nobody knows is an error: it would be a condition that nobody checks.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 1000,
    };

    private static readonly JsonDocumentOptions deep = new() { MaxDepth = 1000 };

    /// <summary>JSON as a tree; of a field that comes twice the last counts.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonNode? Parse(string text)
    {
        using var document = JsonDocument.Parse(text, deep);
        return Tree(document.RootElement);
    }

    /// <summary>In one line.</summary>
    public static string Text(JsonNode? node) => node is null ? "null" : node.ToJsonString(Options);

    /// <summary>A text as it stands between the quotes of a JSON string.</summary>
    public static string Escaped(string text) => JsonEncodedText.Encode(text, Options.Encoder).Value;

    /// <summary>The same tree with every text, names of fields too, replaced.</summary>
    public static JsonNode? Map(JsonNode? node, Func<string, string> replace) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(replace(field.Key), Map(field.Value, replace)))),
        JsonArray items => new JsonArray([.. items.Select(item => Map(item, replace))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(replace(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Tree(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var fields = new JsonObject();
                foreach (var field in element.EnumerateObject()) fields[field.Name] = Tree(field.Value);
                return fields;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Tree)]);
            default:
                return JsonSerializer.SerializeToNode(element);
        }
    }
}
