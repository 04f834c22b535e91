using Microsoft.AspNetCore.Http;

namespace Resort.Defaults;

/// <summary>The header <c>Prefer</c> (RFC 7240): a wish, with its value if it has one, such as <c>return=minimal</c>.</summary>
public static class Prefer
{
    public const string RespondAsync = "respond-async";

    /// <summary>Status and headers are enough, without the resource.</summary>
    public const string ReturnMinimal = "return=minimal";

    public static bool Asks(HttpRequest request, string preference) =>
        request.Headers["Prefer"].SelectMany(line => (line ?? "").Split(','))
            .Any(wish => Plain(wish).Equals(preference, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says that the wish was granted.</summary>
    public static void Applied(HttpResponse response, string preference) => response.Headers.Append("Preference-Applied", preference);

    /// <summary>A success without its body, if that is wished for; a failure always says what was wrong.</summary>
    public static IResult Shortened(HttpContext context, IResult answer)
    {
        if (answer is not IStatusCodeHttpResult { StatusCode: >= 200 and < 300 and var status } || !Asks(context.Request, ReturnMinimal))
            return answer;
        Applied(context.Response, ReturnMinimal);
        return TypedResults.StatusCode(status);
    }

    // without its parameters, and without what may stand around the name and the value
    private static string Plain(string wish) => string.Join('=', wish.Split(';')[0].Split('=').Select(part => part.Trim().Trim('"')));
}
