using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Comparison;

/// <summary>
/// What differs between a recorded result and one of now. All must be equal, but for fields named loose, further headers, times that are near, and
/// where the rules say so the words of Go's own libraries in a message.
/// </summary>
internal sealed partial class Comparer(string where, IReadOnlySet<string> loose, ComparisonRules rules)
{
    private const string Nothing = "nothing";
    private readonly List<Difference> found = [];

    /// <summary>Compares the results of a step; if <paramref name="unordered"/>, the elements of the two lists have no order.</summary>
    public static IReadOnlyList<Difference> Compare(string where, JsonNode? recorded, JsonNode? got, IReadOnlySet<string> loose, ComparisonRules rules, bool unordered = false)
    {
        if (unordered && recorded is JsonArray && got is JsonArray list) got = InOrderOf(recorded.AsArray(), list, loose, rules);
        var comparer = new Comparer(where, loose, rules);
        if (got is null) comparer.Add("", Json.Text(recorded), Nothing);
        else comparer.Value("", "", recorded, got);
        return comparer.found;
    }

    /// <summary>The elements, each at the place of a recorded one that it equals; what equals none fills the rest.</summary>
    private static JsonArray InOrderOf(JsonArray recorded, JsonArray got, IReadOnlySet<string> loose, ComparisonRules rules)
    {
        var left = got.ToList();
        var placed = recorded.Select(wanted =>
        {
            var match = left.FindIndex(element => Compare("", wanted, element, loose, rules).Count == 0);
            if (match < 0) return null;
            var element = left[match];
            left.RemoveAt(match);
            return element;
        }).ToList();
        var rest = new Queue<JsonNode?>(left);
        return new JsonArray([.. placed.Select(element => element ?? (rest.TryDequeue(out var other) ? other : null)).Concat(rest).Where(e => e is not null).Select(e => e!.DeepClone())]);
    }

    private void Value(string path, string name, JsonNode? recorded, JsonNode? got)
    {
        if (loose.Contains(name) || loose.Contains(path.TrimStart('.'))) return;
        switch (recorded, got)
        {
            case (JsonObject wanted, JsonObject given) when wanted.ContainsKey("tally") && given.ContainsKey("tally"):
                Tally(path + ".tally", wanted["tally"]!.AsObject(), given["tally"]!.AsObject(), Number(wanted["tolerance"]));
                break;
            case (JsonObject wanted, JsonObject given):
                foreach (var key in name == "headers" ? wanted.Select(field => field.Key) : wanted.Select(field => field.Key).Union(given.Select(field => field.Key)).Where(key => key != Moment.LagField))
                    if (key is "ms" or "gapMs") Time($"{path}.{key}", key, wanted[key], given[key], Number(given[Moment.LagField]));
                    else Member($"{path}.{key}", key, wanted.ContainsKey(key), wanted[key], given.ContainsKey(key), given[key]);
                break;
            case (JsonArray wanted, JsonArray given):
                for (var i = 0; i < Math.Max(wanted.Count, given.Count); i++)
                    Member($"{path}.{i}", i.ToString(CultureInfo.InvariantCulture), i < wanted.Count, wanted.ElementAtOrDefault(i), i < given.Count, given.ElementAtOrDefault(i));
                break;
            default:
                if (!Same(name, recorded, got)) Add(path, Json.Text(recorded), Json.Text(got));
                break;
        }
    }

    private void Member(string path, string name, bool isRecorded, JsonNode? recorded, bool isGot, JsonNode? got)
    {
        if (isRecorded && isGot) Value(path, name, recorded, got);
        else if (!loose.Contains(name) && !loose.Contains(path[1..])) Add(path, isRecorded ? Json.Text(recorded) : Nothing, isGot ? Json.Text(got) : Nothing);
    }

    private void Time(string path, string name, JsonNode? recorded, JsonNode? got, double lag)
    {
        var isNear = recorded is not null && got is not null && rules.AreNear(Number(recorded), Number(got), lag);
        if (!isNear && !loose.Contains(name) && !loose.Contains(path[1..])) Add(path, $"{recorded ?? Nothing} ms", $"{got ?? Nothing} ms, of which the machine lagged {lag}");
    }

    private void Tally(string path, JsonObject recorded, JsonObject got, double tolerance)
    {
        foreach (var outcome in recorded.Select(count => count.Key).Union(got.Select(count => count.Key)))
            if (Math.Abs(Number(recorded[outcome]) - Number(got[outcome])) > tolerance) Add($"{path}.{outcome}", $"{Number(recorded[outcome])}", $"{Number(got[outcome])}");
    }

    private void Add(string path, string recorded, string got) => found.Add(new Difference(where, path, recorded, got));

    private static double Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? double.Parse(Json.Text(node), CultureInfo.InvariantCulture) : 0;

    private bool Same(string name, JsonNode? recorded, JsonNode? got)
    {
        var kind = recorded?.GetValueKind();
        if (kind != got?.GetValueKind() || kind is JsonValueKind.Object or JsonValueKind.Array) return false;
        if (kind is null) return true;
        if (kind == JsonValueKind.Number) return Number(recorded).Equals(Number(got));
        if (kind != JsonValueKind.String) return true;
        var (wanted, given) = (recorded!.GetValue<string>(), got!.GetValue<string>());
        return wanted == given || (rules.WordsOfGoAreFree && name == "message" && WordsOfGo().Match(wanted) is { Success: true } go && given.StartsWith(wanted[..go.Index], StringComparison.Ordinal));
    }

    [GeneratedRegex(@"json: |strconv\.|invalid character|unexpected end of JSON|unexpected EOF|dial tcp|yaml: |read tcp|lookup |open /|proto: ")]
    private static partial Regex WordsOfGo();
}
