using System.Globalization;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Servers;

/// <summary>
/// Which Redis server a component uses, and how: what the metadata of all <c>*.redis</c> types has in common. Connections are not pooled, because
/// one carries any number of commands at the same time: what sizes daprd's pool is known and changes nothing.
/// </summary>
internal sealed record RedisSettings
{
    private static readonly string[] poolNames = ["poolSize", "poolTimeout", "minIdleConns", "maxConnAge", "idleTimeout", "idleCheckFrequency"];

    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string? Password { get; init; }
    public required bool Tls { get; init; }

    /// <summary>How long connecting may take.</summary>
    public required TimeSpan DialTimeout { get; init; }

    /// <summary>How long a command may take.</summary>
    public required TimeSpan ReadTimeout { get; init; }

    /// <summary>Where errors of the server are reported.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <exception cref="ResourceException">A value is missing or wrong, or asks for what is not served: cluster, Sentinel, users, client certificates.</exception>
    public static RedisSettings Read(ComponentMetadata metadata)
    {
        if (metadata.Text("redisType") is not (null or "" or "node")) throw metadata.Wrong("redisType", "node; clusters need daprd");
        if (metadata.Bool("failover", false)) throw metadata.Wrong("failover", "false; Sentinel needs daprd");
        if (metadata.Text("redisUsername") is not (null or "" or "default")) throw metadata.Wrong("redisUsername", "empty or default; other users need daprd");
        foreach (var name in poolNames) metadata.Text(name);
        var (host, port) = HostAndPort(metadata);
        return new RedisSettings
        {
            Host = host,
            Port = port,
            Password = metadata.Text("redisPassword") is { Length: > 0 } password ? password : null,
            Tls = metadata.Bool("enableTLS", false),
            DialTimeout = metadata.Duration("dialTimeout", TimeSpan.FromSeconds(5)),
            ReadTimeout = metadata.Duration("readTimeout", TimeSpan.FromSeconds(3)),
        };
    }

    /// <summary>The number of the database (<c>redisDB</c>). Components of different databases share a connection.</summary>
    public static int ReadDatabase(ComponentMetadata metadata) =>
        metadata.Number("redisDB", 0) is >= 0 and var number ? number : throw metadata.Wrong("redisDB", "the number of a database");

    private static (string Host, int Port) HostAndPort(ComponentMetadata metadata)
    {
        var text = metadata.RequiredText("redisHost");
        var colon = text.LastIndexOf(':');
        if (colon < 0) return (text, 6379);
        return colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (text[..colon], port) : throw metadata.Wrong("redisHost", "host:port");
    }
}
