using System.Text.RegularExpressions;

namespace Resort.Tests.Conformance;

/// <summary>The scenarios that are meant to differ: the table of <c>differences.md</c>.</summary>
internal static partial class DifferenceList
{
    /// <summary>The reason of each, by <c>group/scenario</c>.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "differences.md"))
        .Select(line => Row().Match(line)).Where(row => row.Success).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["reason"].Value);

    [GeneratedRegex(@"^\| (?<name>[^ |]+/[^ |]+) \| (?<reason>[^|]+) \| [^|]+ \|$")]
    private static partial Regex Row();
}
