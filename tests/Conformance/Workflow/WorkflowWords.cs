using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Workflow;

/// <summary>
/// The placeholders of workflow scenarios. Times are told more finely than elsewhere, because some are part of what is checked: only those of now
/// become <c>{{time}}</c>.
/// </summary>
internal sealed partial class WorkflowWords(Placeholders placeholders)
{
    private const int LongestText = 4096;
    private static readonly Dictionary<string, string> ownWords = new() { ["parentTraceContext"] = "{{trace}}", ["workflowSpanID"] = "{{span}}", ["stackTrace"] = "{{stack}}" };

    private readonly string run = placeholders.Fill("{{run}}");

    /// <summary>Values in the place of the words; <c>{"$repeat": N}</c> is a text of N letters.</summary>
    public JsonObject Fill(JsonObject? given) => (JsonObject)(Fill((JsonNode?)given) ?? new JsonObject());

    /// <inheritdoc cref="Fill(JsonObject?)"/>
    public string Fill(string text) => Now().Replace(placeholders.Fill(text), found =>
        TimeProvider.System.GetUtcNow().AddMilliseconds(int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Words in the place of values, and the length in the place of a long text.</summary>
    public JsonNode? Blank(JsonNode? got) => got switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, ownWords.TryGetValue(field.Key, out var word) ? JsonValue.Create(word) : Blank(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Blank)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Blank(value.GetValue<string>()),
        _ => got?.DeepClone(),
    };

    private JsonNode Blank(string text)
    {
        if (text.Length > LongestText) return new JsonObject { ["$bytes"] = text.Length };
        text = text.Replace(run, "{{run}}", StringComparison.Ordinal).Replace("0001-01-01T00:00:00Z", "{{year1}}", StringComparison.Ordinal);
        return RecentTime().Replace(Uuid().Replace(text, "{{uuid}}"), "{{time}}");
    }

    private JsonNode? Fill(JsonNode? given) => given switch
    {
        JsonObject fields when fields["$repeat"] is { } times => new string('x', times.GetValue<int>()),
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Fill(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Fill)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Fill(value.GetValue<string>()),
        _ => given?.DeepClone(),
    };

    [GeneratedRegex(@"\{\{now([+-]\d+)\}\}")]
    private static partial Regex Now();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b20(2[5-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex RecentTime();
}
