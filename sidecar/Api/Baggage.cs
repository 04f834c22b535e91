using System.Buffers;

namespace Resort.Sidecar.Api;

/// <summary>The W3C <c>baggage</c> header, which Dapr passes on but reads first.</summary>
internal static class Baggage
{
    private static readonly SearchValues<char> keyChars = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>What is wrong with a request's baggage; null if it can be read.</summary>
    public static string? Problem(HttpRequest request)
    {
        if (request.Headers.Baggage.ToString() is not { Length: > 0 } baggage) return null;
        return baggage.Split(',').Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(string member)
    {
        var pair = member.Split(';')[0];
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return $"invalid baggage list-member: \"{member}\"";
        var key = pair.AsSpan(0, equals).Trim();
        return key.IsEmpty || key.ContainsAnyExcept(keyChars) ? $"invalid key: \"{key}\"" : null;
    }
}
