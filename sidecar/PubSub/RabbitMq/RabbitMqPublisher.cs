using System.Collections.Concurrent;
using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// The publishing side of a component: one channel, on which an exchange is declared before its first message. A RabbitMQ that is killed can
/// forget a binding, and then confirms what no queue gets until the consumer declares it again; so with confirms and queues that stay, what comes back
/// although the topic had a queue before is a failure.
/// </summary>
internal sealed class RabbitMqPublisher(RabbitMqConnection connection, RabbitMqSettings settings) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> routed = new(StringComparer.Ordinal);
    private readonly bool asksForQueue = settings is { PublisherConfirm: true, DeletedWhenUnused: false };
    private IChannel? channel;

    /// <summary>Publishes a message; with confirms, completes when the broker has taken it.</summary>
    public async Task PublishAsync(Message message)
    {
        var ready = await ReadyAsync(message.Topic);
        try
        {
            await ready.BasicPublishAsync(message.Topic, Find(message, "routingKey") ?? "", asksForQueue, Properties(message), message.Data, connection.Stopped);
            if (asksForQueue) routed.TryAdd(message.Topic, true);
        }
        catch (PublishException e) when (e.IsReturn && !routed.ContainsKey(message.Topic)) { /* nobody has subscribed yet */ }
    }

    /// <summary>Takes it that nobody subscribes to a topic any more.</summary>
    public void ForgetQueue(string topic) => routed.TryRemove(topic, out _);

    public async ValueTask DisposeAsync()
    {
        turn.Dispose();
        if (channel is not null) await channel.DisposeAsync();
    }

    private async Task<IChannel> ReadyAsync(string topic)
    {
        await turn.WaitAsync(connection.Stopped);
        try
        {
            if (channel is not { IsOpen: true })
            {
                if (channel is not null) await channel.DisposeAsync();
                channel = null;
                declared.Clear();
                channel = await connection.OpenAsync(settings.PublisherConfirm);
            }
            if (!declared.Contains(topic))
            {
                await RabbitMqTopology.DeclareExchangeAsync(channel, settings, topic);
                declared.Add(topic);
            }
            return channel;
        }
        finally { turn.Release(); }
    }

    private BasicProperties Properties(Message message)
    {
        var properties = new BasicProperties { ContentType = Find(message, "contentType") ?? "text/plain", MessageId = Find(message, "messageID"), CorrelationId = Find(message, "correlationID"), Type = Find(message, "type") };
        if (settings.Persistent) properties.DeliveryMode = DeliveryModes.Persistent;
        var time = long.TryParse(Find(message, "ttlInSeconds") ?? Find(message, "ttl"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : settings.TimeToLive;
        if (time is { } life) properties.Expiration = ((long)life.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        if (byte.TryParse(Find(message, "priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority)) properties.Priority = priority;
        return properties;
    }

    private static string? Find(Message message, string name)
    {
        foreach (var (key, value) in message.Metadata)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase) && value.Length > 0) return value;
        return null;
    }
}
