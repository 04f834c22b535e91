using System.Text.Json.Nodes;

namespace Resort.Tests.Deploy.Manifests;

/// <summary>Label selectors, as far as these manifests use them.</summary>
internal static class Selector
{
    /// <summary>Whether all labels of a plain map are there.</summary>
    public static bool Matches(JsonNode? labels, IReadOnlyDictionary<string, string> of) =>
        Manifest.Texts(labels).All(label => of.GetValueOrDefault(label.Key) == label.Value);

    /// <summary>Whether a selector of <c>matchLabels</c> and <c>matchExpressions</c> with <c>In</c> matches; an empty one matches all.</summary>
    public static bool Selects(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        Matches(selector?["matchLabels"], labels) && selector.Each("matchExpressions").All(it => Satisfies(it, labels));

    private static bool Satisfies(JsonNode expression, IReadOnlyDictionary<string, string> labels)
    {
        expression["operator"]!.ToString().Should().Be("In", "other operators are not used");
        return labels.TryGetValue(expression["key"]!.ToString(), out var value) && expression.Each("values").Any(it => it.ToString() == value);
    }
}
