namespace Dapr.AspNetCore;

/// <summary>A batch of events as the sidecar delivers it.</summary>
public class BulkSubscribeMessage<TValue>
{
    /// <summary>An empty batch.</summary>
    public BulkSubscribeMessage()
    {
    }

    /// <summary>A batch.</summary>
    public BulkSubscribeMessage(List<BulkSubscribeMessageEntry<TValue>> entries, string topic, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Topic = topic;
        Metadata = metadata;
    }

    /// <summary>The events.</summary>
    public List<BulkSubscribeMessageEntry<TValue>> Entries { get; set; }

    /// <summary>The topic.</summary>
    public string Topic { get; set; }

    /// <summary>What the component says about the batch.</summary>
    public Dictionary<string, string> Metadata { get; set; }
}
