using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Resort.Sidecar.Expressions;

/// <summary>The functions of the language; each may be called on its first value (<c>a.size()</c>) or with it (<c>size(a)</c>).</summary>
internal static class CelFunctions
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    /// <summary>A function by name and number of values, or null.</summary>
    public static Func<object?[], object?>? Find(string name, int count) => (name, count) switch
    {
        ("size", 1) => values => Size(values[0]),
        ("startsWith", 2) => Text(name, (text, start) => text.StartsWith(start, StringComparison.Ordinal)),
        ("endsWith", 2) => Text(name, (text, end) => text.EndsWith(end, StringComparison.Ordinal)),
        ("contains", 2) => Text(name, (text, part) => text.Contains(part, StringComparison.Ordinal)),
        ("matches", 2) => Text(name, Matches),
        ("int", 1) => values => Whole(values[0]),
        ("double", 1) => values => Decimal(values[0]),
        ("string", 1) => values => String(values[0]),
        _ => null,
    };

    private static Func<object?[], object?> Text(string name, Func<string, string, bool> test) =>
        values => values is [string text, string other] ? test(text, other) : throw NoOverload(name);

    private static long Size(object? value) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        JsonElement { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Count(),
        _ => CelValues.Items(value)?.Count ?? throw NoOverload("size"),
    };

    private static bool Matches(string text, string pattern)
    {
        try { return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, patience); }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException) { throw new CelException($"matches: {e.Message}"); }
    }

    private static long Whole(object? value) => value switch
    {
        long whole => whole,
        double number when Math.Abs(number) < 9.2e18 => (long)number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => throw NoOverload("int"),
    };

    private static double Decimal(object? value) => value switch
    {
        long whole => whole,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw NoOverload("double"),
    };

    private static string String(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => throw NoOverload("string"),
    };

    private static CelException NoOverload(string name) => new($"no such overload: {name}");
}
