using Microsoft.AspNetCore.Http;

namespace Resort.Defaults;

/// <summary>The header <c>Idempotency-Key</c>: the same request under the same key is done once.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>Null without the header; what is wrong with it goes to <paramref name="errors"/>.</summary>
    public static string? Read(HttpRequest request, IDictionary<string, string[]> errors)
    {
        if (!request.Headers.TryGetValue(Header, out var given))
            return null;
        var key = given.ToString(); // sent twice, it gets a comma, and is some key as well
        if (key.Length is > 0 and <= Longest && key.All(c => c is >= ' ' and <= '~'))
            return key;
        errors[Header] = [$"must be 1 to {Longest} printable ASCII characters."];
        return null;
    }
}
