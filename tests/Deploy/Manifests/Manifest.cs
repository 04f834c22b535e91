using System.Text.Json.Nodes;

namespace Resort.Tests.Deploy.Manifests;

/// <summary>One object of a rendered overlay.</summary>
internal sealed class Manifest(JsonNode root)
{
    public JsonNode Root => root;
    public string ApiVersion => Text("apiVersion")!;
    public string Kind => Text("kind")!;
    public string Name => Text("metadata.name")!;

    /// <summary>The pod's spec of what makes pods.</summary>
    public JsonNode Pod => At("spec.template.spec")!;

    public IReadOnlyList<JsonNode> Containers => [.. Pod["containers"]!.AsArray().OfType<JsonNode>()];

    public IReadOnlyDictionary<string, string> PodLabels => Texts(At("spec.template.metadata.labels"));

    public IReadOnlyDictionary<string, string> Annotations => Texts(At("spec.template.metadata.annotations"));

    /// <summary>What a path such as <c>spec.template.spec</c> leads to, or null.</summary>
    public JsonNode? At(string path) => root.At(path);

    /// <summary>The elements of a list, none if there is none.</summary>
    public IEnumerable<JsonNode> Each(string path) => root.Each(path);

    public string? Text(string path) => At(path)?.ToString();

    public override string ToString() => $"{Kind}/{Name}";

    public static Dictionary<string, string> Texts(JsonNode? map) => map is null ? [] : map.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
}

internal static class JsonPaths
{
    /// <summary>What a path of names leads to, or null.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (at, name) => at?[name]);

    /// <summary>The elements of a list, none if there is none.</summary>
    public static IEnumerable<JsonNode> Each(this JsonNode? node, string path) => node.At(path)?.AsArray().OfType<JsonNode>() ?? [];
}
