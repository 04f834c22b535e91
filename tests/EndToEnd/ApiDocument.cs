using System.Text.Json;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>The OpenAPI document of the gateway, as a reader of it sees answers.</summary>
internal sealed class ApiDocument(JsonElement root)
{
    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        from path in root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    public string Description => root.GetProperty("info").Text("description")!;

    /// <summary>What is wrong with an answer by its schema: fields that it does not have, and those that it misses.</summary>
    public List<string> Faults(string method, string path, Answer answer)
    {
        var operation = Operations.Single(each => (each.Method, each.Path) == (method, path)).Operation;
        var response = Resolve(operation.GetProperty("responses").GetProperty($"{(int)answer.Status}"));
        return [.. Faults(answer.Json, response.GetProperty("content").GetProperty(answer.ContentType!).GetProperty("schema"), "$")];
    }

    public JsonElement Schema(string name) => root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    public JsonElement Resolve(JsonElement part) => part.ValueKind is JsonValueKind.Object && part.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name))
        : part;

    private IEnumerable<string> Faults(JsonElement value, JsonElement unresolved, string at)
    {
        var schema = Resolve(unresolved);
        if (value.ValueKind is JsonValueKind.Array)
            return value.EnumerateArray().SelectMany((item, n) => Faults(item, schema.GetProperty("items"), $"{at}[{n}]"));
        if (value.ValueKind is not JsonValueKind.Object)
            return schema.TryGetProperty("enum", out var known) && !known.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? [$"{at} is {value}"] : [];
        var missing = Names(schema, "required").Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing");
        return missing.Concat(value.EnumerateObject().SelectMany(field =>
            schema.TryGetProperty("properties", out var fields) && fields.TryGetProperty(field.Name, out var inner) ? Faults(field.Value, inner, $"{at}.{field.Name}")
            : schema.TryGetProperty("additionalProperties", out var any) ? Faults(field.Value, any, $"{at}.{field.Name}")
            : [$"{at}.{field.Name} is not described"]));
    }

    private static IEnumerable<string> Names(JsonElement schema, string list) =>
        schema.TryGetProperty(list, out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
}
