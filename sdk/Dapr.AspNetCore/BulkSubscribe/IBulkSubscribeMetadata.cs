namespace Dapr.AspNetCore;

/// <summary>Says how the events of a topic come in batches.</summary>
public interface IBulkSubscribeMetadata
{
    /// <summary>How many events at most.</summary>
    int MaxMessagesCount { get; }

    /// <summary>How long a batch may be gathered, in milliseconds.</summary>
    int MaxAwaitDurationMs { get; }

    /// <summary>The topic, which the endpoint subscribes to.</summary>
    string TopicName { get; }
}
