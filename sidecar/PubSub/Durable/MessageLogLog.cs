namespace Resort.Sidecar.PubSub.Durable;

/// <summary>Log lines of the durable broker.</summary>
internal static partial class MessageLogLog
{
    [LoggerMessage(1, LogLevel.Error, "The messages of topic {Topic} could not be read for {Group}")]
    public static partial void NotRead(ILogger log, Exception error, string topic, string group);

    [LoggerMessage(2, LogLevel.Error, "What has been handled could not be written: after a restart some messages are delivered again")]
    public static partial void NotKept(ILogger log, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "Deleted {Count} messages of topic {Topic} that nobody has taken within the retention")]
    public static partial void Outlived(ILogger log, int count, string topic);
}
