using System.Globalization;
using RabbitMQ.Client;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>The publishing side of a component: one channel, on which an exchange is declared before its first message.</summary>
internal sealed class RabbitMqPublisher(RabbitMqConnection connection, RabbitMqSettings settings) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private IChannel? channel;

    /// <summary>Publishes a message; with confirms, completes when the broker has taken it.</summary>
    public async Task PublishAsync(Message message)
    {
        var ready = await ReadyAsync(message.Topic);
        await ready.BasicPublishAsync(message.Topic, Find(message, "routingKey") ?? "", mandatory: false, Properties(message), message.Data, connection.Stopped);
    }

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
