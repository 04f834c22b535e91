using System.Collections.Frozen;

namespace Resort.Sidecar.Invocation;

/// <summary>Which headers of a request reach the app, which of its answer reach the caller, and under which name. All others pass as they are.</summary>
internal static class HeaderRules
{
    private const string Connection = "Connection";

    /// <summary>Hop-by-hop headers, lengths (each side frames its own body), and Dapr's own.</summary>
    private static readonly FrozenSet<string> dropped = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        Connection, "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "TE", "Trailer", "Proxy-Authorization",
        "Proxy-Authenticate", "Content-Length", "destination-app-id");

    /// <summary>The name under which a request's header reaches the app; null if it does not.</summary>
    public static string? RequestName(string name) => name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? null : AnswerName(name);

    /// <summary>The name under which an answer's header reaches the caller; null if it does not. Names reserved for gRPC get a prefix, binary ones are dropped.</summary>
    public static string? AnswerName(string name)
    {
        if (dropped.Contains(name) || name.EndsWith("-bin", StringComparison.OrdinalIgnoreCase)) return null;
        return name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) ? "dapr-" + name.ToLowerInvariant() : name;
    }

    /// <summary>Whether a <c>Connection</c> header names this one as its own.</summary>
    public static bool IsNominated(string name, string? connection)
    {
        if (string.IsNullOrEmpty(connection) || connection.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var token in connection.AsSpan().Split(','))
            if (connection.AsSpan(token).Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
