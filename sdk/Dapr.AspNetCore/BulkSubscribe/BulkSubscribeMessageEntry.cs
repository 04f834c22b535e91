namespace Dapr.AspNetCore;

/// <summary>One event of a batch.</summary>
public class BulkSubscribeMessageEntry<TValue>
{
    /// <summary>An empty entry.</summary>
    public BulkSubscribeMessageEntry()
    {
    }

    /// <summary>An entry.</summary>
    public BulkSubscribeMessageEntry(string entryId, string contentType, Dictionary<string, string> metadata, TValue eventData)
    {
        EntryId = entryId;
        ContentType = contentType;
        Metadata = metadata;
        Event = eventData;
    }

    /// <summary>By which the answer names the event.</summary>
    public string EntryId { get; set; }

    /// <summary>What <see cref="Event"/> is; <c>application/cloudevents+json</c> for envelopes.</summary>
    public string ContentType { get; set; }

    /// <summary>What the component says about the event.</summary>
    public Dictionary<string, string> Metadata { get; set; }

    /// <summary>The envelope, or the bare payload.</summary>
    public TValue Event { get; set; }
}
