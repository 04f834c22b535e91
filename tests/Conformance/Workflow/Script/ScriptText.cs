using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>The placeholders of scripts: what the history has, and times from the start of the turn.</summary>
internal static partial class ScriptText
{
    /// <summary>Fills <c>{{input}}</c>, <c>{{id}}</c>, <c>{{result:ID}}</c>, <c>{{child:ID}}</c> and <c>{{event:NAME:N}}</c>, N counted from 1.</summary>
    public static string Fill(string text, TurnHistory past) => Placeholder().Replace(text, found =>
    {
        var of = found.Groups["of"].Value;
        return found.Groups["what"].Value switch
        {
            "input" => past.Input,
            "id" => past.InstanceId,
            "result" => past.Activity(int.Parse(of, CultureInfo.InvariantCulture))?.Text,
            "child" => past.Child(int.Parse(of, CultureInfo.InvariantCulture))?.Text,
            _ => past.Raised(of).ElementAtOrDefault(found.Groups["nth"] is { Success: true, Value: var nth } ? int.Parse(nth, CultureInfo.InvariantCulture) - 1 : 0),
        } ?? "";
    });

    /// <summary>Fills all texts of an action; <c>"fireAt": "+1500ms"</c> is counted from the start of the turn.</summary>
    public static JsonObject Fill(JsonObject action, TurnHistory past) => (JsonObject)Fill("", action, past)!;

    private static JsonNode? Fill(string name, JsonNode? value, TurnHistory past) => value switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Fill(field.Key, field.Value, past)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill("", item, past))]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => name == "fireAt" ? Time(text.GetValue<string>(), past) : Fill(text.GetValue<string>(), past),
        _ => value?.DeepClone(),
    };

    private static string Time(string text, TurnHistory past) => FromNow().Match(text) is { Success: true } found
        ? Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(past.Now.ToDateTimeOffset().AddMilliseconds(int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture))).ToRecordedText()
        : text;

    [GeneratedRegex(@"\{\{(?<what>input|id|result|child|event)(:(?<of>[^:}]+))?(:(?<nth>\d+))?\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^([+-]\d+)ms$")]
    private static partial Regex FromNow();
}
