namespace Dapr.AspNetCore;

/// <summary>What became of each event of a batch. An event that is missing here comes again.</summary>
public class BulkSubscribeAppResponse
{
    /// <summary>The outcomes.</summary>
    public BulkSubscribeAppResponse(List<BulkSubscribeAppResponseEntry> statuses)
    {
        Statuses = statuses;
    }

    /// <summary>The outcomes.</summary>
    public List<BulkSubscribeAppResponseEntry> Statuses { get; }
}

/// <summary>What became of one event.</summary>
public class BulkSubscribeAppResponseEntry
{
    /// <summary>The outcome for the entry with that id.</summary>
    public BulkSubscribeAppResponseEntry(string entryId, BulkSubscribeAppResponseStatus status)
    {
        EntryId = entryId;
        Status = status.ToString();
    }

    /// <summary>The event's <see cref="BulkSubscribeMessageEntry{TValue}.EntryId"/>.</summary>
    public string EntryId { get; }

    /// <summary>A <see cref="BulkSubscribeAppResponseStatus"/> as text.</summary>
    public string Status { get; }
}

/// <summary>What Dapr does with an event after its delivery.</summary>
public enum BulkSubscribeAppResponseStatus
{
    /// <summary>It is done.</summary>
    SUCCESS,

    /// <summary>It comes again.</summary>
    RETRY,

    /// <summary>It is given up, or goes to the dead-letter topic.</summary>
    DROP,
}
