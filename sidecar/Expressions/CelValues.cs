using System.Text.Json;

namespace Resort.Sidecar.Expressions;

/// <summary>What operators do with values. Whole and decimal numbers compare with each other; arithmetic wants two of one kind.</summary>
internal static class CelValues
{
    /// <summary>A JSON value as a plain one; objects and lists stay as they are.</summary>
    public static object? Plain(object? value) => value is not JsonElement json ? value : json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => json,
    };

    /// <summary>The items of a list; null if the value is none.</summary>
    public static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        object?[] items => items,
        JsonElement { ValueKind: JsonValueKind.Array } json => [.. json.EnumerateArray().Select(item => Plain(item))],
        _ => null,
    };

    /// <summary>A bool that an operator needs.</summary>
    public static bool Bool(object? value, string name) => value is bool truth ? truth : throw NoOverload(name);

    /// <summary>A number that has no fraction; -1 for one that has.</summary>
    public static long Whole(object number) => number switch { long whole => whole, double d when d == Math.Floor(d) && Math.Abs(d) < long.MaxValue => (long)d, _ => -1 };

    /// <summary>A binary operator.</summary>
    public static object? Apply(string name, object? left, object? right) => name switch
    {
        "==" => AreEqual(left, right),
        "!=" => !AreEqual(left, right),
        "<" => Compare(name, left, right) is < 0,
        "<=" => Compare(name, left, right) is <= 0,
        ">" => Compare(name, left, right) is > 0,
        ">=" => Compare(name, left, right) is >= 0,
        "in" => Contains(left, right),
        _ => Compute(name, left, right),
    };

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (long or double, long or double) => Order(left, right) == 0,
        (JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b),
        _ when Items(left) is { } a && Items(right) is { } b => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        _ => Equals(left, right),
    };

    /// <summary>Null if the two have no order (NaN).</summary>
    private static int? Compare(string name, object? left, object? right) => (left, right) switch
    {
        (long or double, long or double) => Order(left, right),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        _ => throw NoOverload(name),
    };

    private static int? Order(object left, object right)
    {
        if (left is long a && right is long b) return a.CompareTo(b);
        var (x, y) = (Convert.ToDouble(left, null), Convert.ToDouble(right, null));
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    private static bool Contains(object? left, object? right) => right switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } map => left is string key && map.TryGetProperty(key, out _),
        _ when Items(right) is { } items => items.Any(item => AreEqual(left, item)),
        _ => throw NoOverload("in"),
    };

    private static object Compute(string name, object? left, object? right)
    {
        try
        {
            return (name, left, right) switch
            {
                ("+", long a, long b) => checked(a + b),
                ("-", long a, long b) => checked(a - b),
                ("*", long a, long b) => checked(a * b),
                ("/", long a, long b) => checked(a / b),
                ("%", long a, long b) => checked(a % b),
                ("+", double a, double b) => a + b,
                ("-", double a, double b) => a - b,
                ("*", double a, double b) => a * b,
                ("/", double a, double b) => a / b,
                ("+", string a, string b) => a + b,
                ("+", _, _) when Items(left) is { } a && Items(right) is { } b => (object?[])[.. a, .. b],
                _ => throw NoOverload(name),
            };
        }
        catch (DivideByZeroException) { throw new CelException("division by zero"); }
        catch (OverflowException) { throw new CelException("integer overflow"); }
    }

    private static CelException NoOverload(string name) => new($"no such overload: {name}");
}
