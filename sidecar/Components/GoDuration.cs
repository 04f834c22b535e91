using System.Globalization;
using System.Text.RegularExpressions;

namespace Resort.Sidecar.Components;

/// <summary>Durations in Go's spelling, which Dapr's YAML uses: <c>1h2m3.5s</c>, <c>500ms</c>, <c>-1s</c>, <c>0</c>.</summary>
internal static partial class GoDuration
{
    private static readonly Dictionary<string, double> milliseconds = new()
    {
        ["ns"] = 1e-6,
        ["us"] = 1e-3,
        ["µs"] = 1e-3,
        ["μs"] = 1e-3,
        ["ms"] = 1,
        ["s"] = 1_000,
        ["m"] = 60_000,
        ["h"] = 3_600_000,
    };

    /// <summary>Reads a duration; false if the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0" or "+0" or "-0") return true;
        var match = Shape().Match(text);
        if (!match.Success) return false;
        var total = 0.0;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
            total += double.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture) * milliseconds[match.Groups["unit"].Captures[i].Value];
        if (total > TimeSpan.MaxValue.TotalMilliseconds / 2) return false;
        duration = TimeSpan.FromMilliseconds(match.Groups["minus"].Success ? -total : total);
        return true;
    }

    /// <summary>Writes a duration as Go does: <c>5s</c>, <c>500ms</c>, <c>1m30s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero) return "-" + Format(-duration);
        if (duration == TimeSpan.Zero) return "0s";
        if (duration < TimeSpan.FromSeconds(1)) return duration.TotalMilliseconds.ToString("0.######", CultureInfo.InvariantCulture) + "ms";
        var seconds = (duration.TotalSeconds % 60).ToString("0.#######", CultureInfo.InvariantCulture) + "s";
        if (duration < TimeSpan.FromMinutes(1)) return seconds;
        return duration < TimeSpan.FromHours(1) ? $"{duration.Minutes}m{seconds}" : $"{(long)duration.TotalHours}h{duration.Minutes}m{seconds}";
    }

    [GeneratedRegex(@"^(?:\+|(?<minus>-))?(?:(?<number>\d+\.?\d*|\.\d+)(?<unit>ns|us|µs|μs|ms|s|m|h))+$")]
    private static partial Regex Shape();
}
