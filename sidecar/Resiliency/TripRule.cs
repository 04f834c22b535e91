using System.Globalization;
using System.Text.RegularExpressions;

namespace Resort.Sidecar.Resiliency;

/// <summary>The condition that opens a breaker (<c>trip</c>): a count compared with a whole number, such as <c>consecutiveFailures &gt; 5</c>.</summary>
internal sealed partial class TripRule
{
    /// <summary>What a condition looks like, for whoever has written another.</summary>
    public const string Expected = "a comparison such as `consecutiveFailures > 5`";

    private readonly Func<BreakerCounts, bool> holds;

    private TripRule(Func<BreakerCounts, bool> holds) => this.holds = holds;

    public static TripRule Default { get; } = new(counts => counts.ConsecutiveFailures > 5);

    public bool Holds(BreakerCounts counts) => holds(counts);

    /// <summary>Reads a condition; null if it is none.</summary>
    public static TripRule? Parse(string text)
    {
        var match = Comparison().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number)) return null;
        if (Count(match.Groups["count"].Value) is not { } count) return null;
        return new TripRule(match.Groups["is"].Value switch
        {
            ">" => counts => count(counts) > number,
            ">=" => counts => count(counts) >= number,
            "<" => counts => count(counts) < number,
            "<=" => counts => count(counts) <= number,
            "!=" => counts => count(counts) != number,
            _ => counts => count(counts) == number,
        });
    }

    private static Func<BreakerCounts, int>? Count(string name) => name switch
    {
        "requests" => counts => counts.Requests,
        "totalSuccesses" => counts => counts.TotalSuccesses,
        "totalFailures" => counts => counts.TotalFailures,
        "consecutiveSuccesses" => counts => counts.ConsecutiveSuccesses,
        "consecutiveFailures" => counts => counts.ConsecutiveFailures,
        _ => null,
    };

    [GeneratedRegex(@"^\s*(?<count>\w+)\s*(?<is>[<>]=?|==|!=)\s*(?<number>\d+)\s*$")]
    private static partial Regex Comparison();
}
