using System.Buffers;
using System.Globalization;
using System.Text;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Invocation;

/// <summary>The method of an invocation, which is a path: how it is cleaned, what it may not contain, and how it is written in the app's URL.</summary>
internal static class MethodPath
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+,/:;=@";
    private static readonly SearchValues<char> asIs = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> valid = SearchValues.Create(Unreserved + "!'()*[]%");

    /// <summary>Resolves <c>.</c>, <c>..</c> (never above the root) and double slashes; no slash remains at either end.</summary>
    public static string Clean(string path)
    {
        if (IsClean(path)) return path;
        List<string> segments = [];
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (segment == ".." && segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("." or "..")) segments.Add(segment);
        return string.Join('/', segments);
    }

    /// <summary>
    /// The method as a URL's path, with a slash in front. Percent signs that were escaped in the caller's URL count as escapes now, as in daprd.
    /// </summary>
    /// <exception cref="InvocationException">It has characters that cannot be in a path, or a percent sign that begins no escape.</exception>
    public static string Escape(string method)
    {
        if (method.AsSpan().IndexOfAnyExcept(asIs) < 0) return "/" + method;
        RefuseForbidden(method);
        RefuseBrokenEscapes(method);
        if (method.AsSpan().IndexOfAnyExcept(valid) < 0) return "/" + method;
        GoUrl.TryUnescapePath(method, out var decoded);
        var escaped = new StringBuilder("/");
        foreach (var b in Encoding.UTF8.GetBytes(decoded))
            if (b < 0x80 && asIs.Contains((char)b)) escaped.Append((char)b);
            else escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        return escaped.ToString();
    }

    /// <summary>The path that an app finds in an escaped one, without the slash in front: what it decodes must not get past access control.</summary>
    public static string Operation(string escaped) => escaped.Contains('%', StringComparison.Ordinal) && GoUrl.TryUnescapePath(escaped, out var decoded) ? Clean(decoded) : escaped[1..];

    private static void RefuseForbidden(string method)
    {
        if (method.AsSpan().IndexOfAny('#', '?', '\0') >= 0) throw Invalid($"method contains forbidden character: {Quote(method)}");
        for (var i = 0; i < method.Length; i++)
            if (method[i] is < ' ' or '\x7f') throw Invalid($"method contains control character at position {i}: {Quote(method)}");
        if (method.Contains('\uFFFD', StringComparison.Ordinal)) throw Invalid("method is not UTF-8");
    }

    private static void RefuseBrokenEscapes(string method)
    {
        for (var at = method.IndexOf('%', StringComparison.Ordinal); at >= 0; at = method.IndexOf('%', at + 1))
            if (at + 2 >= method.Length || !char.IsAsciiHexDigit(method[at + 1]) || !char.IsAsciiHexDigit(method[at + 2]))
                throw Invalid($"parse {Quote(method)}: invalid URL escape {Quote(method[at..Math.Min(method.Length, at + 3)])}");
    }

    private static bool IsClean(string path) =>
        path.Length == 0
        || (path[0] is not ('/' or '.') && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal));

    private static InvocationException Invalid(string why) => new($"rpc error: code = InvalidArgument desc = invalid method: {why}");

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }
}
