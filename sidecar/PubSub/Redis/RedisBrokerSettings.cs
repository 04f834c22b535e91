using System.Globalization;
using Resort.Sidecar.Components;
using Resort.Sidecar.Servers;

namespace Resort.Sidecar.PubSub.Redis;

/// <summary>The metadata of <c>pubsub.redis</c>.</summary>
internal sealed record RedisBrokerSettings
{
    public required RedisSettings Server { get; init; }
    public required int Database { get; init; }

    /// <summary>The group, and the name of this consumer in it; replicas share both.</summary>
    public required string ConsumerId { get; init; }

    /// <summary>How long a message may be pending before it is delivered again; zero for ever.</summary>
    public required TimeSpan ProcessingTimeout { get; init; }

    /// <summary>How often pending messages are looked for; zero for never.</summary>
    public required TimeSpan RedeliverInterval { get; init; }

    /// <summary>Whether a message that was not handled comes again.</summary>
    public bool Redelivers => ProcessingTimeout > TimeSpan.Zero && RedeliverInterval > TimeSpan.Zero;

    /// <summary>How many messages of a topic may wait in memory.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>How many single messages may be with the app at a time, over all topics.</summary>
    public required int Concurrency { get; init; }

    /// <summary>About how many messages a stream keeps; zero for all.</summary>
    public required int MaxLength { get; init; }

    /// <summary>About how long a stream keeps its messages; zero for ever.</summary>
    public required TimeSpan StreamTtl { get; init; }

    /// <exception cref="ResourceException">A value is missing or wrong.</exception>
    public static RedisBrokerSettings Read(ComponentMetadata metadata, string appId)
    {
        var settings = new RedisBrokerSettings
        {
            Server = RedisSettings.Read(metadata),
            Database = RedisSettings.ReadDatabase(metadata),
            ConsumerId = metadata.Text("consumerID") is { Length: > 0 } given ? given : appId,
            ProcessingTimeout = Interval(metadata, "processingTimeout", TimeSpan.FromSeconds(60), mayBeText: true),
            RedeliverInterval = Interval(metadata, "redeliverInterval", TimeSpan.FromSeconds(15), mayBeText: false),
            QueueDepth = AtLeast(metadata, "queueDepth", 1, 100),
            Concurrency = AtLeast(metadata, "concurrency", 1, 10),
            MaxLength = AtLeast(metadata, "maxLenApprox", 0, 0),
            StreamTtl = Interval(metadata, "streamTTL", TimeSpan.Zero, mayBeText: true),
        };
        if (settings.MaxLength > 0 && settings.StreamTtl > TimeSpan.Zero) throw metadata.Wrong("streamTTL", "absent beside maxLenApprox: a stream is cut by one of them");
        return settings;
    }

    private static int AtLeast(ComponentMetadata metadata, string name, int least, int otherwise) =>
        metadata.Number(name, otherwise) is var number && number >= least ? number : throw metadata.Wrong(name, $"at least {least}");

    /// <summary>A number means milliseconds. daprd passes over a redeliverInterval in another form and takes its default.</summary>
    private static TimeSpan Interval(ComponentMetadata metadata, string name, TimeSpan otherwise, bool mayBeText) => metadata.Text(name) switch
    {
        null or "" => otherwise,
        var text when uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) => TimeSpan.FromMilliseconds(milliseconds),
        var text when mayBeText && GoDuration.TryParse(text, out var duration) && duration >= TimeSpan.Zero => duration,
        _ => throw metadata.Wrong(name, mayBeText ? "a number of milliseconds, or a duration such as 500ms or 2s" : "a number of milliseconds (daprd passes over a duration)"),
    };
}
