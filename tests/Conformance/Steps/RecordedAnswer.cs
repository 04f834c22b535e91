using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.Steps;

/// <summary>An answer in the form of the recordings.</summary>
internal static class RecordedAnswer
{
    /// <summary>What a step records of an answer; values that it saves are kept on the way.</summary>
    public static JsonObject Of(HttpStep step, WireAnswer answer, Placeholders placeholders)
    {
        if (answer.Error is not null) return new JsonObject { ["error"] = answer.Error };
        if (answer.Broken is not null) return new JsonObject { ["broken"] = answer.Broken, ["status"] = answer.Status };
        if (step.Find is { } patterns) return placeholders.Blank(Found(patterns, answer))!.AsObject();
        var recorded = new JsonObject { ["status"] = answer.Status, ["headers"] = RecordedHeaders.OfAnswer(answer.Headers) };
        if (RecordedBody.Of(answer.Body, step.Raw ? null : answer.ContentType) is { } body) recorded["body"] = body;
        Arrange(step, recorded);
        foreach (var (name, place) in step.Save) placeholders.Save(name, Pick(recorded, place) ?? "undefined");
        recorded = placeholders.Blank(recorded)!.AsObject();
        if (step.Framing) recorded["framing"] = RecordedHeaders.Framing(answer.Headers);
        if (step.Absent is not null) recorded["absent"] = Absent(step.Absent, answer.Headers);
        if (step.Timed) answer.Ended.Record(answer.Began, recorded, "ms");
        if (!step.Stream) return recorded;
        var firstByte = new JsonObject();
        answer.FirstByte?.Record(answer.Began, firstByte, "ms");
        recorded["firstByte"] = firstByte;
        return recorded;
    }

    private static JsonObject Found(IEnumerable<string> patterns, WireAnswer answer)
    {
        var text = Encoding.UTF8.GetString(answer.Body);
        IEnumerable<JsonNode?> Matches(string pattern) => Regex.Matches(text, pattern, RegexOptions.Multiline).Select(match => match.Value).Order(StringComparer.Ordinal).Select(match => (JsonNode?)match);
        return new JsonObject { ["status"] = answer.Status, ["found"] = new JsonArray([.. patterns.Select(pattern => new JsonArray([.. Matches(pattern)]))]) };
    }

    /// <summary>Which of some headers are not there.</summary>
    public static JsonArray Absent(IEnumerable<string> names, IReadOnlyDictionary<string, JsonNode> headers) =>
        new([.. names.Where(name => !headers.ContainsKey(name)).Select(name => JsonValue.Create(name))]);

    /// <summary>A value of a recorded answer by its place, such as <c>header.etag</c> or <c>body.id</c>; null if it is not there.</summary>
    public static string? Pick(JsonObject recorded, string place)
    {
        var (part, path) = place.Split('.', 2) is [var first, var rest] ? (first, rest) : (place, "");
        if (part == "header") return recorded["headers"]?[path]?.ToString();
        var value = recorded["body"] is JsonObject body && body.ContainsKey("$json") ? body["$json"] : recorded["body"];
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries)) value = (value as JsonObject)?[name];
        return value is null or JsonValue ? value?.ToString() : Json.Text(value);
    }

    /// <summary>Leaves out and sorts what the step says.</summary>
    private static void Arrange(HttpStep step, JsonObject recorded)
    {
        if (recorded["body"] is not JsonObject body || !body.ContainsKey("$json")) return;
        if (body["$json"] is JsonArray list && step.Unordered) body["$json"] = Sorted(list);
        if (body["$json"] is not JsonObject json) return;
        foreach (var name in step.Sort)
            if (json[name] is JsonArray unsorted) json[name] = Sorted(unsorted);
        if (step.Fields is not null) body["$json"] = new JsonObject(json.Where(field => step.Fields.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }

    private static JsonArray Sorted(JsonArray list) => new([.. list.Select(item => item?.DeepClone()).OrderBy(Json.Text, StringComparer.Ordinal)]);
}
