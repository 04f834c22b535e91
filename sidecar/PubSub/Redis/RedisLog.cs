namespace Resort.Sidecar.PubSub.Redis;

/// <summary>Log lines of <c>pubsub.redis</c>.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(1, LogLevel.Warning, "messages of topic {Topic} cannot be read, which is tried again until they can: {Reason}")]
    public static partial void Failing(ILogger log, string topic, string reason);

    [LoggerMessage(2, LogLevel.Information, "messages of topic {Topic} are read again")]
    public static partial void Recovered(ILogger log, string topic);

    [LoggerMessage(4, LogLevel.Error, "messages of topic {Topic} that were not handled cannot be delivered again (that needs Redis 6.2): {Reason}")]
    public static partial void NotReclaimed(ILogger log, string topic, string reason);

    [LoggerMessage(3, LogLevel.Warning, "message {Id} of topic {Topic} was handled but not acknowledged, so it will come again: {Reason}")]
    public static partial void NotAcknowledged(ILogger log, string id, string topic, string reason);
}
