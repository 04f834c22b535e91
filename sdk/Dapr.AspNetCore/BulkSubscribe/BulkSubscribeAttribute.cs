namespace Dapr.AspNetCore;

/// <summary>Lets the events of one of the endpoint's topics come in batches.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public class BulkSubscribeAttribute : Attribute, IBulkSubscribeMetadata
{
    /// <summary>Batches of at most so many events, gathered for at most so many milliseconds.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount, int maxAwaitDurationMs)
    {
        TopicName = topicName;
        MaxMessagesCount = maxMessagesCount;
        MaxAwaitDurationMs = maxAwaitDurationMs;
    }

    /// <summary>Batches of at most so many events, gathered for at most a second.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount)
    {
        TopicName = topicName;
        MaxMessagesCount = maxMessagesCount;
    }

    /// <summary>Batches of at most 100 events, gathered for at most a second.</summary>
    public BulkSubscribeAttribute(string topicName)
    {
        TopicName = topicName;
    }

    /// <inheritdoc/>
    public int MaxMessagesCount { get; } = 100;

    /// <inheritdoc/>
    public int MaxAwaitDurationMs { get; } = 1000;

    /// <inheritdoc/>
    public string TopicName { get; }
}
