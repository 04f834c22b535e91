using System.Text.Json.Nodes;

namespace Resort.Gateway.Swagger;

/// <summary>Copies parts of a service's document together with the schemas that they refer to. Where another service has a different schema by that name, it gets the app's name in front.</summary>
internal sealed class SchemaCopies(string app, JsonObject document, JsonObject schemas)
{
    private const string Reference = "$ref";
    private const string Prefix = "#/components/schemas/";
    private readonly Dictionary<string, string> names = [];

    public JsonNode? Copy(JsonNode? node) => node switch
    {
        JsonObject thing => new JsonObject(thing.Select(part => KeyValuePair.Create(part.Key, part.Key == Reference ? Refer(part.Value!) : Copy(part.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Copy)]),
        _ => node?.DeepClone(),
    };

    private JsonNode Refer(JsonNode reference)
    {
        var text = reference.GetValue<string>();
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix + NameOf(text[Prefix.Length..]) : text;
    }

    private string NameOf(string schema)
    {
        if (names.TryGetValue(schema, out var known))
            return known;
        var source = document["components"]!["schemas"]![schema];
        names[schema] = schema; // before the copy: a schema may refer to itself
        var copy = Copy(source);
        if (schemas[schema] is { } taken && !JsonNode.DeepEquals(taken, copy))
        {
            names[schema] = $"{app}.{schema}";
            copy = Copy(source);
        }
        schemas[names[schema]] = copy;
        return names[schema];
    }
}
