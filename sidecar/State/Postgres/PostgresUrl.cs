using Microsoft.AspNetCore.WebUtilities;

namespace Resort.Sidecar.State.Postgres;

/// <summary>A PostgreSQL connection as a URL: <c>postgres://user:password@host:port/database?sslmode=disable</c>, also with several hosts.</summary>
internal static class PostgresUrl
{
    /// <summary>The same as pairs.</summary>
    /// <exception cref="FormatException">It is no URL.</exception>
    public static Dictionary<string, string> Pairs(string url)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (location, query) = Cut(rest, '?');
        var (authority, database) = Cut(location, '/');
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            var (user, password) = Cut(authority[..at], ':');
            Add("user", user);
            Add("password", password);
        }
        var hosts = authority[(at + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (hosts.Length > 0)
        {
            Add("host", string.Join(',', hosts.Select(Host)));
            Add("port", string.Join(',', hosts.Select(Port)));
        }
        Add("dbname", database);
        foreach (var (name, values) in QueryHelpers.ParseQuery(query)) pairs[name] = values[^1] ?? "";
        return pairs;

        void Add(string name, string value)
        {
            if (value.Length > 0) pairs[name] = Unescape(value);
        }
    }

    private static string Host(string host) => IsPort(host) ? host[..host.LastIndexOf(':')] : host;

    private static string Port(string host) => IsPort(host) ? host[(host.LastIndexOf(':') + 1)..] : "5432";

    private static bool IsPort(string host) => host.LastIndexOf(':') > host.LastIndexOf(']'); // [::1] has colons of its own

    private static string Unescape(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) throw new FormatException("a '%' must be followed by two hexadecimal digits");
        return Uri.UnescapeDataString(text);
    }

    private static (string Before, string After) Cut(string text, char at) => text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, "");
}
