using System.Buffers;

namespace Resort.Sidecar.Api;

/// <summary>The W3C <c>baggage</c> header, which Dapr passes on but reads first.</summary>
internal static class Baggage
{
    private static readonly SearchValues<char> keyChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>What is wrong with a request's baggage, a line for each of its members; null if it can be read.</summary>
    public static string? Problem(HttpRequest request)
    {
        if (request.Headers.Baggage.ToString() is not { Length: > 0 } baggage) return null;
        var problems = baggage.Split(',').Select(Problem).OfType<string>().ToList();
        return problems.Count == 0 ? null : string.Join('\n', problems);
    }

    /// <summary>A member is <c>key=value</c>, and after semicolons its properties, which may be keys alone.</summary>
    private static string? Problem(string member)
    {
        var parts = member.Split(';');
        if (parts.Skip(1).FirstOrDefault(property => property.Length > 0 && !IsKey(property.Split('=')[0])) is { } wrong) return $"invalid baggage list-member property: \"{wrong}\"";
        if (!parts[0].Contains('=', StringComparison.Ordinal)) return $"invalid baggage list-member: \"{member}\"";
        var key = parts[0].Split('=')[0];
        return IsKey(key) ? null : $"invalid key: \"{key.Trim()}\"";
    }

    private static bool IsKey(string text) => text.AsSpan().Trim() is { IsEmpty: false } key && !key.ContainsAnyExcept(keyChars);
}
