using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>What the sidecar's metrics endpoint tells: each name with its labels, or whole samples.</summary>
internal sealed partial record MetricsStep : Step
{
    private static readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Only lines that this regular expression finds.</summary>
    public string Find { get; init; } = "^dapr_";
    public bool Samples { get; init; }

    protected override string Summary => $"metrics {Find}";

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        string text;
        try { text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{replay.Placeholders.Fill($"{{{{metrics:{replay.Sidecar(Sidecar).Name}}}}}")}/")); }
        catch (HttpRequestException e) { return JsonValue.Create(e.Message); }
        var lines = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && Regex.IsMatch(line, Find) && !Bucket().IsMatch(line)).ToList();
        return replay.Placeholders.Blank(Samples ? new JsonArray([.. lines.Order(StringComparer.Ordinal)]) : Names(lines));
    }

    private static JsonObject Names(IEnumerable<string> lines)
    {
        var names = new JsonObject();
        foreach (var metric in lines.Select(line => Sample().Match(line)).GroupBy(match => match.Groups["name"].Value))
            names[metric.Key] = new JsonArray([.. metric.SelectMany(match => Label().Matches(match.Groups["labels"].Value)).Select(label => label.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)]);
        return names;
    }

    [GeneratedRegex(@"^\w+_bucket\b")]
    private static partial Regex Bucket();

    [GeneratedRegex(@"^(?<name>\w+)(?:\{(?<labels>.*)\})?")]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>\w+)=""")]
    private static partial Regex Label();
}
