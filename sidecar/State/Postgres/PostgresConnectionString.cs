using System.Globalization;
using System.Text;
using Npgsql;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.State.Postgres;

/// <summary>
/// Where a PostgreSQL server is, as daprd takes it: a URL (<c>postgres://…</c>), PostgreSQL's own <c>key=value</c> pairs, and single metadata entries
/// (<c>host</c>, <c>port</c>, <c>database</c>, <c>user</c>, <c>password</c>, …) that win over both.
/// </summary>
internal static class PostgresConnectionString
{
    private static readonly string[] entries = ["host", "hostaddr", "port", "database", "user", "password", "sslRootCert"];

    /// <summary>Reads the connection string named <paramref name="name"/> and the single entries over the defaults in <paramref name="connection"/>.</summary>
    /// <exception cref="ResourceException">There is none, or it cannot be read.</exception>
    public static void Read(ComponentMetadata metadata, string name, NpgsqlConnectionStringBuilder connection)
    {
        var text = metadata.Text(name) ?? "";
        try
        {
            var pairs = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? PostgresUrl.Pairs(text)
                : ConnectionPairs.Parse(text);
            foreach (var entry in entries)
                if (metadata.Text(entry) is { Length: > 0 } value) pairs[entry.ToLowerInvariant()] = value;
            if (pairs.Count == 0) throw new ResourceException(metadata.LocationOf(name), $"metadata `{name}` is missing");
            Translate(pairs, connection);
        }
        catch (FormatException e) // the text itself stays out of the error: it holds a password
        {
            throw new ResourceException(metadata.LocationOf(name), $"metadata `{name}` must be a postgres:// URL or pairs such as host=… user=… dbname=…: {e.Message}");
        }
    }

    private static void Translate(Dictionary<string, string> pairs, NpgsqlConnectionStringBuilder connection)
    {
        connection.Host = Hosts(pairs);
        var settings = new StringBuilder();
        foreach (var (key, value) in pairs)
            switch (key)
            {
                case "host" or "hostaddr" or "port": break;
                case "dbname" or "database": connection.Database = value; break;
                case "user": connection.Username = value; break;
                case "password": connection.Password = value; break;
                case "passfile": connection.Passfile = value; break;
                case "sslmode": connection.SslMode = Mode(value); break;
                case "sslrootcert": connection.RootCertificate = value; break;
                case "sslcert": connection.SslCertificate = value; break;
                case "sslkey": connection.SslKey = value; break;
                case "sslpassword": connection.SslPassword = value; break;
                case "connect_timeout": connection.Timeout = Number(key, value); break;
                case "application_name" or "fallback_application_name": connection.ApplicationName ??= value; break;
                case "target_session_attrs": connection.TargetSessionAttributes = value; break;
                case "options": settings.Append(' ').Append(value); break;
                case "pool_max_conns": connection.MaxPoolSize = Number(key, value); break;
                case "pool_min_conns" or "pool_min_idle_conns": connection.MinPoolSize = Number(key, value); break;
                case "pool_max_conn_lifetime": connection.ConnectionLifetime = Seconds(key, value); break;
                case "pool_max_conn_idle_time": connection.ConnectionIdleLifetime = Seconds(key, value); break;
                case "pool_max_conn_lifetime_jitter" or "pool_health_check_period" or "statement_cache_capacity" or "description_cache_capacity" or "default_query_exec_mode": break; // tune daprd's own driver
                default: settings.Append(CultureInfo.InvariantCulture, $" -c {key}={value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal)}"); break;
            }
        if (settings.Length > 0) connection.Options = settings.ToString().Trim();
    }

    /// <summary>One or several hosts, each with its port; without any, the server of this machine.</summary>
    private static string Hosts(Dictionary<string, string> pairs)
    {
        var hosts = (pairs.GetValueOrDefault("hostaddr") ?? pairs.GetValueOrDefault("host") ?? "localhost").Split(',');
        var ports = pairs.GetValueOrDefault("port", "5432").Split(',');
        return string.Join(',', hosts.Select((host, i) => $"{host}:{Number("port", ports.Length == 1 ? ports[0] : ports.ElementAtOrDefault(i) ?? "")}"));
    }

    private static SslMode Mode(string text) => text switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException($"sslmode '{text}' is none of disable, allow, prefer, require, verify-ca, verify-full"),
    };

    private static int Number(string key, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{key} '{text}' is no number");

    private static int Seconds(string key, string text) =>
        GoDuration.TryParse(text, out var duration) ? (int)Math.Ceiling(duration.TotalSeconds) : throw new FormatException($"{key} '{text}' is no duration");
}
