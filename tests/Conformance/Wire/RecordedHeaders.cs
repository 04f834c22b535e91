using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Wire;

/// <summary>Headers as recordings show them: names in lower case, several values in one, without those that only concern the connection.</summary>
internal static class RecordedHeaders
{
    private static readonly HashSet<string> ofAnswers = ["date", "connection", "keep-alive", "transfer-encoding", "content-length"];
    private static readonly HashSet<string> ofCalls = ["connection", "content-length", "accept-encoding", "transfer-encoding"];

    public static JsonObject OfAnswer(IReadOnlyDictionary<string, JsonNode> headers) => Without(ofAnswers, headers);

    public static JsonObject OfCall(IReadOnlyDictionary<string, JsonNode> headers) => Without(ofCalls, headers);

    /// <summary>Cookies stay apart, all other values of a name stand in one text.</summary>
    public static Dictionary<string, JsonNode> Joined(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.GroupBy(header => header.Key.ToLowerInvariant(), header => header.Value).ToDictionary(
            group => group.Key,
            group => group.Key == "set-cookie" ? (JsonNode)new JsonArray([.. group.Select(value => JsonValue.Create(value))]) : JsonValue.Create(string.Join(", ", group)));

    /// <summary>How the body was framed: its coding, its length, or none of both.</summary>
    public static JsonNode Framing(IReadOnlyDictionary<string, JsonNode> headers) =>
        headers.TryGetValue("transfer-encoding", out var coding) ? coding.DeepClone()
        : headers.TryGetValue("content-length", out var length) ? JsonValue.Create(long.Parse(length.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture))
        : JsonValue.Create("none");

    private static JsonObject Without(HashSet<string> left, IReadOnlyDictionary<string, JsonNode> headers) =>
        new(headers.Where(header => !left.Contains(header.Key)).Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value.DeepClone())));
}
