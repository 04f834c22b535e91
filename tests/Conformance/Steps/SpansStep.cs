using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>The spans that a Zipkin collector, an app of the scenario, was sent: without ids, each with its parent's name.</summary>
internal sealed record SpansStep : Step
{
    private const string Path = "/api/v2/spans";
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(50);

    public int Count { get; init; }
    public int Within { get; init; } = 12_000;
    public int Settle { get; init; } = 300;

    /// <summary>Names of traces and of parents that are no spans, by their ids.</summary>
    public IReadOnlyDictionary<string, string> Traces { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Parents { get; init; } = new Dictionary<string, string>();

    protected override string Summary => $"{Count} spans";

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var collector = replay.App(Sidecar);
        var began = TimeProvider.System.GetTimestamp();
        while (Sent().Count < Count && TimeProvider.System.GetElapsedTime(began).TotalMilliseconds < Within) await Task.Delay(betweenLooks);
        await Task.Delay(Settle);
        var spans = Sent();
        var byId = spans.ToDictionary(span => Text(span, "id"));
        foreach (var call in collector.Calls.Where(call => call.Path == Path)) call.IsTaken = true;
        var recorded = spans.Select(span => (JsonNode?)Recorded(span, byId)).OrderBy(Json.Text, StringComparer.Ordinal);
        return replay.Placeholders.Blank(new JsonObject { ["traces"] = spans.Select(span => Text(span, "traceId")).Distinct().Count(), ["spans"] = new JsonArray([.. recorded]) });

        List<JsonObject> Sent() => [.. collector.Calls.Where(call => call.Path == Path && !call.IsTaken).SelectMany(call => JsonNode.Parse(call.Body)!.AsArray()).Select(span => span!.AsObject())];
    }

    private JsonObject Recorded(JsonObject span, Dictionary<string, JsonObject> byId)
    {
        var tags = span["tags"]!.AsObject().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => KeyValuePair.Create(tag.Key, tag.Key == "server.port" ? "{{port}}" : tag.Value?.DeepClone()));
        return new JsonObject
        {
            ["trace"] = Traces.GetValueOrDefault(Text(span, "traceId"), "new"),
            ["name"] = Text(span, "name"),
            ["kind"] = Text(span, "kind"),
            ["service"] = Service(span),
            ["parent"] = span.ContainsKey("parentId") ? Parent(Text(span, "parentId"), byId) : null,
            ["tags"] = new JsonObject(tags),
        };
    }

    private string Parent(string id, Dictionary<string, JsonObject> byId) =>
        byId.TryGetValue(id, out var span) ? $"{Service(span)} {Text(span, "kind")} {Text(span, "name")}" : Parents.GetValueOrDefault(id, "unknown");

    private static string Service(JsonObject span) => Text(span["localEndpoint"]!.AsObject(), "serviceName");

    private static string Text(JsonObject node, string name) => node[name]!.GetValue<string>();
}
