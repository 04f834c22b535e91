using System.Globalization;
using RabbitMQ.Client;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// What daprd declares at RabbitMQ, so that both can share it: an exchange per topic, a queue <c>{consumerID}-{topic}</c> bound to it, and with
/// <c>enableDeadLetter</c> the exchange <c>dlx-{queue}</c> with the queue <c>dlq-{queue}</c>.
/// </summary>
internal static class RabbitMqTopology
{
    /// <summary>Declares a topic's exchange.</summary>
    public static Task DeclareExchangeAsync(IChannel channel, RabbitMqSettings settings, string topic) =>
        channel.ExchangeDeclareAsync(topic, settings.ExchangeKind, settings.Durable, settings.DeletedWhenUnused);

    /// <summary>Declares all that a subscription needs: the name of its queue.</summary>
    public static async Task<string> DeclareQueueAsync(IChannel channel, RabbitMqSettings settings, Consumer consumer)
    {
        var queue = consumer.Metadata.GetValueOrDefault("queueName") is { Length: > 0 } name ? name : $"{settings.ConsumerId}-{consumer.Topic}";
        var arguments = Limits(settings);
        await DeclareExchangeAsync(channel, settings, consumer.Topic);
        if (settings.EnableDeadLetter) arguments["x-dead-letter-exchange"] = await DeclareDeadLettersAsync(channel, settings, queue);
        foreach (var (argument, value) in Arguments(consumer.Metadata)) arguments[argument] = value;
        await channel.QueueDeclareAsync(queue, settings.Durable, exclusive: false, settings.DeletedWhenUnused, arguments);
        if (settings.PrefetchCount > 0) await channel.BasicQosAsync(0, settings.PrefetchCount, global: false);
        foreach (var key in consumer.Metadata.GetValueOrDefault("routingKey", "").Split(',')) await channel.QueueBindAsync(queue, consumer.Topic, key);
        return queue;
    }

    /// <summary>Dead letters are always durable, and kept on disk.</summary>
    private static async Task<string> DeclareDeadLettersAsync(IChannel channel, RabbitMqSettings settings, string queue)
    {
        var (exchange, letters) = ($"dlx-{queue}", $"dlq-{queue}");
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, settings.DeletedWhenUnused);
        var arguments = Limits(settings);
        arguments["x-queue-mode"] = "lazy";
        await channel.QueueDeclareAsync(letters, durable: true, exclusive: false, settings.DeletedWhenUnused, arguments);
        await channel.QueueBindAsync(letters, exchange, "");
        return exchange;
    }

    private static Dictionary<string, object?> Limits(RabbitMqSettings settings)
    {
        var arguments = new Dictionary<string, object?>();
        if (settings.MaxLen > 0) arguments["x-max-length"] = (long)settings.MaxLen;
        if (settings.MaxLenBytes > 0) arguments["x-max-length-bytes"] = (long)settings.MaxLenBytes;
        return arguments;
    }

    /// <summary>What a subscription's own metadata says of its queue; what cannot be read is left to the broker, which refuses it.</summary>
    private static IEnumerable<(string Argument, object? Value)> Arguments(IReadOnlyDictionary<string, string> metadata)
    {
        yield return ("x-queue-type", metadata.GetValueOrDefault("queueType") is { Length: > 0 } type ? type : "classic");
        if (ComponentMetadata.IsTrue(metadata.GetValueOrDefault("singleActiveConsumer", ""))) yield return ("x-single-active-consumer", true);
        foreach (var (name, argument, most) in ((string, string, long)[])[("maxPriority", "x-max-priority", byte.MaxValue), ("maxLen", "x-max-length", long.MaxValue), ("maxLenBytes", "x-max-length-bytes", long.MaxValue)])
            if (metadata.GetValueOrDefault(name) is { Length: > 0 } text)
                yield return (argument, long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, most) : text);
    }
}
