using System.Text.RegularExpressions;

namespace Resort.Tests.Conformance.Replaying;

/// <summary>
/// Words for trace contexts. Where a scenario names ids, each id gets its name, others a number by their first appearance, so that it shows which
/// are the same; elsewhere only the flag is kept.
/// </summary>
internal sealed partial class TraceNames(IReadOnlyDictionary<string, string>? given)
{
    private readonly Dictionary<string, string> names = given is null ? [] : new(given);

    public string Blank(string text) => TraceParent().Replace(text, match =>
    {
        var flag = match.Groups["flag"].Value;
        return given is null ? $"{{{{traceparent-{flag}}}}}" : $"{{{{trace:{Name(match.Groups["trace"].Value)}}}}}/{{{{span:{Name(match.Groups["span"].Value)}}}}}/{flag}";
    });

    private string Name(string id)
    {
        if (id.All(c => c == '0')) return "zero";
        if (!names.TryGetValue(id, out var name)) names[id] = name = $"{(id.Length == 32 ? 't' : 's')}{names.Count - given!.Count + 1}";
        return name;
    }

    [GeneratedRegex(@"\b00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-(?<flag>0[01])\b")]
    private static partial Regex TraceParent();
}
