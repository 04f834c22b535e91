using System.Text;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Invocation;

/// <summary>Which app, endpoint or address a request invokes (as the caller wrote it) and which method of it.</summary>
internal sealed record InvocationAddress(string Target, string Method)
{
    private const string AppIdHeader = "dapr-app-id";
    private const string MethodPart = "/method/";

    /// <summary>Reads the three forms in Dapr's order: the header, basic authorization, the path. Null if none is there.</summary>
    public static InvocationAddress? Of(HttpRequest request, string path)
    {
        if (request.Headers.TryGetValue(AppIdHeader, out var header))
        {
            request.Headers.Remove(AppIdHeader); // meant for the sidecar alone
            if (header[0] is { Length: > 0 } id) return new InvocationAddress(id, MethodPath.Clean(path));
        }
        return OfAuthorization(request.Headers.Authorization.ToString(), path) ?? OfPath(path);
    }

    /// <summary><c>http://dapr-app-id:callee@host/path</c></summary>
    private static InvocationAddress? OfAuthorization(string authorization, string path)
    {
        const string scheme = "Basic ";
        if (!authorization.StartsWith(scheme, StringComparison.Ordinal)) return null;
        var decoded = new byte[authorization.Length];
        if (!Convert.TryFromBase64Chars(authorization.AsSpan(scheme.Length), decoded, out var length)) return null;
        return Encoding.UTF8.GetString(decoded, 0, length).Split(':') is [var user, { Length: > 0 } id] && user.Equals(AppIdHeader, StringComparison.OrdinalIgnoreCase)
            ? new InvocationAddress(id, MethodPath.Clean(path))
            : null;
    }

    /// <summary><c>/v1.0/invoke/callee/method/path</c>. Slashes count as they were sent: an address such as <c>http://host</c> needs both of its own.</summary>
    private static InvocationAddress? OfPath(string path)
    {
        if (After(path, 0, "v1.0") is not { } version || After(path, version, "invoke") is not { } start) return null;
        var end = path.IndexOf(MethodPart, start, StringComparison.Ordinal);
        if (end <= start) return null;
        var target = path[start..end];
        if (GoUrl.TryUnescape(target, out var decoded) && decoded.Length > 0) target = decoded;
        return new InvocationAddress(target, MethodPath.Clean(path[(end + MethodPart.Length)..]));
    }

    /// <summary>Where the path goes on after a segment and the slashes around it.</summary>
    private static int? After(string path, int at, string segment)
    {
        while (at < path.Length && path[at] == '/') at++;
        if (string.CompareOrdinal(path, at, segment, 0, segment.Length) != 0) return null;
        at += segment.Length;
        if (at == path.Length || path[at] != '/') return null;
        while (at < path.Length && path[at] == '/') at++;
        return at;
    }
}
