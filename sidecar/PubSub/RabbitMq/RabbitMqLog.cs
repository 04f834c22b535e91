namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>Log lines about RabbitMQ.</summary>
internal static partial class RabbitMqLog
{
    [LoggerMessage(1, LogLevel.Warning, "A message to topic {Topic} could not be published (attempt {Attempt} of {Attempts}): {Reason}")]
    public static partial void NotPublished(ILogger log, string topic, int attempt, int attempts, string reason);

    [LoggerMessage(2, LogLevel.Error, "Topic {Topic} cannot be consumed, and is tried again: {Reason}")]
    public static partial void NotConsumed(ILogger log, string topic, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The connection of topic {Topic} is lost, and is made again")]
    public static partial void Lost(ILogger log, string topic);
}
