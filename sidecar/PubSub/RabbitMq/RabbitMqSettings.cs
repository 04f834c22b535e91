using RabbitMQ.Client;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>The metadata of <c>pubsub.rabbitmq</c>, with daprd's defaults.</summary>
internal sealed record RabbitMqSettings
{
    private static readonly string[] kinds = [ExchangeType.Fanout, ExchangeType.Topic, ExchangeType.Direct, ExchangeType.Headers];

    public required Uri Server { get; init; }
    public required string ConsumerId { get; init; }
    public required string? ClientName { get; init; }
    public required TimeSpan Heartbeat { get; init; }

    /// <summary>The pause before another attempt to connect.</summary>
    public required TimeSpan ReconnectWait { get; init; }
    public required string ExchangeKind { get; init; }
    public required bool Durable { get; init; }

    /// <summary>Whether queues and exchanges go away with their last user, and their messages with them.</summary>
    public required bool DeletedWhenUnused { get; init; }
    public required bool AutoAck { get; init; }

    /// <summary>Whether a message that was not handled comes again, at once.</summary>
    public required bool RequeueInFailure { get; init; }

    /// <summary>Whether the broker writes messages to its disk.</summary>
    public required bool Persistent { get; init; }

    /// <summary>How many messages may be out and not settled; zero for any number.</summary>
    public required ushort PrefetchCount { get; init; }

    /// <summary>Whether one message of a subscription is delivered after the other.</summary>
    public required bool IsSingle { get; init; }

    /// <summary>Whether publishing waits until the broker has taken the message.</summary>
    public required bool PublisherConfirm { get; init; }

    /// <summary>Whether what fails goes to the queue <c>dlq-{queue}</c>.</summary>
    public required bool EnableDeadLetter { get; init; }

    /// <summary>The most messages of a queue; zero for any number.</summary>
    public required int MaxLen { get; init; }

    /// <summary>The most bytes of a queue; zero for any number.</summary>
    public required int MaxLenBytes { get; init; }

    /// <summary>How long a message lives whose publisher does not say; null for ever.</summary>
    public required TimeSpan? TimeToLive { get; init; }

    /// <exception cref="ResourceException">A value is missing or wrong.</exception>
    public static RabbitMqSettings Read(ComponentMetadata metadata, string appId)
    {
        foreach (var certificate in (string[])["caCert", "clientCert", "clientKey"])
            if (metadata.Text(certificate) is { Length: > 0 }) throw new ResourceException(metadata.LocationOf(certificate), $"metadata `{certificate}`: the embedded sidecar has no certificates of its own; run this on daprd");
        if (metadata.Bool("saslExternal", false)) throw metadata.Wrong("saslExternal", "false: the embedded sidecar logs in with a name and a password");
        if (metadata.Text("concurrency") is not null) throw new ResourceException(metadata.LocationOf("concurrency"), "metadata `concurrency` has no effect, neither here nor in daprd; it is called `concurrencyMode`");
        return new RabbitMqSettings
        {
            Server = RabbitMqAddress.Read(metadata),
            ConsumerId = metadata.Text("consumerID") is { Length: > 0 } given ? given : appId,
            ClientName = metadata.Text("clientName"),
            Heartbeat = metadata.Duration("heartBeat", TimeSpan.FromSeconds(10)),
            ReconnectWait = metadata.Duration("reconnectWaitSeconds", metadata.Duration("reconnectWait", TimeSpan.FromSeconds(3))),
            ExchangeKind = OneOf(metadata, "exchangeKind", kinds),
            Durable = metadata.Bool("durable", true),
            DeletedWhenUnused = metadata.Bool("deletedWhenUnused", true),
            AutoAck = metadata.Bool("autoAck", false),
            RequeueInFailure = metadata.Bool("requeueInFailure", false),
            Persistent = Number(metadata, "deliveryMode", 2) == 2,
            PrefetchCount = (ushort)Number(metadata, "prefetchCount", byte.MaxValue),
            IsSingle = OneOf(metadata, "concurrencyMode", ["parallel", "single"]) == "single",
            PublisherConfirm = metadata.Bool("publisherConfirm", false),
            EnableDeadLetter = metadata.Bool("enableDeadLetter", false),
            MaxLen = Number(metadata, "maxLen", int.MaxValue),
            MaxLenBytes = Number(metadata, "maxLenBytes", int.MaxValue),
            TimeToLive = metadata.Duration("ttlInSeconds", TimeSpan.Zero) is { Ticks: > 0 } time ? time : null,
        };
    }

    private static int Number(ComponentMetadata metadata, string name, int most) =>
        metadata.Number(name, 0) is >= 0 and var number && number <= most ? number : throw metadata.Wrong(name, $"0 to {most}");

    private static string OneOf(ComponentMetadata metadata, string name, string[] words) => metadata.Text(name) switch
    {
        null or "" => words[0],
        var text when words.Contains(text.ToLowerInvariant()) => text.ToLowerInvariant(),
        _ => throw metadata.Wrong(name, string.Join(" or ", words)),
    };
}
