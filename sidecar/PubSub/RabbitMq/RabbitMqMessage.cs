namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>A message with the number under which its channel settles it.</summary>
internal sealed record RabbitMqMessage(ulong Tag, Message Message)
{
    /// <summary>RabbitMQ carries an event's bytes; what the publisher said beside them has had its effect.</summary>
    public static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();
}
