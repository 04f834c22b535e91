using System.Globalization;

namespace Resort.Sidecar.Resiliency;

/// <summary>Codes as <c>matching</c> writes them: <c>429,500-599</c>. None means all.</summary>
internal sealed class CodeRanges
{
    private readonly List<(int First, int Last)> ranges = [];

    public bool Contains(int code)
    {
        foreach (var (first, last) in ranges) if (first <= code && code <= last) return true;
        return ranges.Count == 0;
    }

    /// <summary>Reads codes between <paramref name="lowest"/> and <paramref name="highest"/>; null if the text is none of that.</summary>
    public static CodeRanges? Parse(string text, int lowest, int highest)
    {
        var codes = new CodeRanges();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            if (!TryCode(dash < 0 ? part : part[..dash], out var first) || !TryCode(part[(dash + 1)..], out var last)) return null;
            if (first < lowest || last > highest || last < first) return null;
            codes.ranges.Add((first, last));
        }
        return codes;
    }

    private static bool TryCode(string text, out int code) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code);
}
