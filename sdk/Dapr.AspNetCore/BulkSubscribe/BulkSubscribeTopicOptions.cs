namespace Dapr.AspNetCore;

/// <summary>How the events of a topic come in batches.</summary>
public class BulkSubscribeTopicOptions
{
    /// <summary>How many events at most.</summary>
    public int MaxMessagesCount { get; set; } = 100;

    /// <summary>How long a batch may be gathered, in milliseconds.</summary>
    public int MaxAwaitDurationMs { get; set; } = 1000;

    /// <summary>The topic, which the endpoint subscribes to.</summary>
    public string TopicName { get; set; }
}
