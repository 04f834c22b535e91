using Npgsql;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.State.Postgres;

/// <summary>The metadata of <c>state.postgresql</c> v2.</summary>
internal sealed record PostgresSettings
{
    /// <summary>daprd lets a pool grow to the number of processors, but at least to this.</summary>
    private const int LeastConnections = 4;

    /// <summary>The statements that a connection keeps prepared; the store has fewer.</summary>
    private const int PreparedStatements = 20;

    /// <summary>Where the server is and how its connections are kept, in Npgsql's words.</summary>
    public required NpgsqlConnectionStringBuilder Connection { get; init; }

    /// <summary>What stands before the table's name <c>state</c>, with a schema if it has a dot.</summary>
    public required string TablePrefix { get; init; }
    public required string MetadataTableName { get; init; }

    /// <summary>How often expired entries are removed; zero for never.</summary>
    public required TimeSpan CleanupInterval { get; init; }

    /// <exception cref="ResourceException">A value is missing or wrong.</exception>
    public static PostgresSettings Read(ComponentMetadata metadata)
    {
        foreach (var login in (string[])["useAzureAD", "useAWSIAM"])
            if (metadata.Bool(login, false)) throw metadata.Wrong(login, "false: the embedded sidecar logs in with a name and a password or a certificate");
        var timeout = metadata.Duration("timeout", metadata.Duration("timeoutInSeconds", TimeSpan.FromSeconds(20)));
        if (timeout < TimeSpan.FromSeconds(1)) throw metadata.Wrong("timeout", "at least 1s");
        var cleanup = metadata.Duration("cleanupInterval", metadata.Duration("cleanupIntervalInSeconds", TimeSpan.FromHours(1)));
        return new PostgresSettings
        {
            Connection = Connect(metadata, timeout),
            TablePrefix = Identifier(metadata, "tablePrefix", ""),
            MetadataTableName = Identifier(metadata, "metadataTableName", "dapr_metadata") is { Length: > 0 } name ? name : throw metadata.Wrong("metadataTableName", "a name"),
            CleanupInterval = cleanup > TimeSpan.Zero ? cleanup : TimeSpan.Zero,
        };
    }

    private static NpgsqlConnectionStringBuilder Connect(ComponentMetadata metadata, TimeSpan timeout)
    {
        var name = metadata.Text("connectionString") is null && metadata.Text("url") is not null ? "url" : "connectionString";
        var seconds = (int)Math.Ceiling(timeout.TotalSeconds);
        var connection = new NpgsqlConnectionStringBuilder { Timeout = seconds, CommandTimeout = seconds, MaxPoolSize = Math.Max(LeastConnections, Environment.ProcessorCount) };
        PostgresConnectionString.Read(metadata, name, connection);
        if (metadata.Number("maxConns", 0) is > 1 and var connections) connection.MaxPoolSize = connections;
        if (metadata.Duration("connectionMaxIdleTime", TimeSpan.Zero) is { Ticks: > 0 } idle) connection.ConnectionIdleLifetime = Math.Max(1, (int)idle.TotalSeconds);
        connection.ConnectionPruningInterval = Math.Min(connection.ConnectionPruningInterval, Math.Max(1, connection.ConnectionIdleLifetime));
        connection.MaxAutoPrepare = metadata.Text("queryExecMode") switch
        {
            null or "" or "cache_statement" => PreparedStatements,
            "cache_describe" or "describe_exec" or "exec" or "simple_protocol" => 0,
            _ => throw metadata.Wrong("queryExecMode", "cache_statement, cache_describe, describe_exec, exec or simple_protocol"),
        };
        return connection;
    }

    /// <summary>Names go into statements as they are.</summary>
    private static string Identifier(ComponentMetadata metadata, string name, string otherwise)
    {
        var text = metadata.Text(name) ?? otherwise;
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') && text.Count(c => c == '.') <= 1 ? text : throw metadata.Wrong(name, "letters, digits and _, with a schema before a dot");
    }
}
