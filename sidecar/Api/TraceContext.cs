using Microsoft.Extensions.Primitives;

namespace Resort.Sidecar.Api;

/// <summary>W3C trace context as it stands in headers.</summary>
internal static class TraceContext
{
    /// <summary>What stands for no context.</summary>
    public const string None = "00-00000000000000000000000000000000-0000000000000000-00";

    /// <summary>Puts what goes along with the request's context into its answer.</summary>
    public static void EchoState(HttpContext http)
    {
        var (given, answer) = (http.Request.Headers, http.Response.Headers);
        if (IsText(given.TraceState)) answer.TraceState = given.TraceState;
        if (given.Baggage.ToString().Length > 0 && IsText(given.Baggage)) answer.Baggage = given.Baggage;
    }

    /// <summary>The request's context; empty texts if it has none that is valid.</summary>
    public static (string Parent, string State) Of(HttpContext http) =>
        http.Request.Headers.TraceParent.ToString() is var parent && IsValid(parent)
            ? (parent, IsText(http.Request.Headers.TraceState) ? http.Request.Headers.TraceState.ToString() : "")
            : ("", "");

    /// <summary>Whether a <c>traceparent</c> can be read: <c>00-{32 hex}-{16 hex}-{2 hex}</c>, neither id all zero.</summary>
    public static bool IsValid(string traceParent)
    {
        if (traceParent is not ['0', '0', '-', .. { Length: 52 } rest] || rest[32] != '-' || rest[49] != '-') return false;
        return IsId(rest.AsSpan(0, 32)) && IsId(rest.AsSpan(33, 16)) && IsHex(rest.AsSpan(50, 2));
    }

    // Both are printable ASCII by their specification; other bytes cannot be sent on
    private static bool IsText(StringValues values) => values.Count > 0 && values.All(value => value is not null && value.All(c => c is '\t' or (>= ' ' and <= '~')));

    private static bool IsId(ReadOnlySpan<char> id) => IsHex(id) && id.IndexOfAnyExcept('0') >= 0;

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text) if (!char.IsAsciiHexDigitLower(c)) return false;
        return true;
    }
}
