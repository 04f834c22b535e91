using System.Globalization;
using System.Text.RegularExpressions;

namespace Resort.Sidecar.Hosting.Flags;

/// <summary>Sizes in Kubernetes' spelling: <c>4Mi</c>, <c>512k</c>, <c>1e6</c>, <c>4194304</c>.</summary>
internal static partial class ByteQuantity
{
    private static readonly Dictionary<string, double> units = new()
    {
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
    };

    /// <summary>Reads a size in bytes; false if the text is none.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var match = Shape().Match(text);
        if (!match.Success) return false;
        var value = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * units[match.Groups["unit"].Value];
        if (value > long.MaxValue / 2) return false;
        bytes = (long)Math.Ceiling(value);
        return true;
    }

    [GeneratedRegex(@"^(?<number>\d+(?:\.\d+)?(?:[eE]\d+)?)(?<unit>[kMGT]i?|Ki)?$")]
    private static partial Regex Shape();
}
