namespace Dapr.AspNetCore;

/// <summary>A CloudEvent within a batch.</summary>
public class BulkMessageModel<TValue>
{
    /// <summary>An empty event.</summary>
    public BulkMessageModel()
    {
    }

    /// <summary>An event.</summary>
    public BulkMessageModel(string id, string source, string type, string specversion, string datacontenttype, TValue data)
    {
        Id = id;
        Source = source;
        Type = type;
        Specversion = specversion;
        Datacontenttype = datacontenttype;
        Data = data;
    }

    /// <summary>The event's id.</summary>
    public string Id { get; set; }

    /// <summary>Where it happened.</summary>
    public string Source { get; set; }

    /// <summary>What happened.</summary>
    public string Type { get; set; }

    /// <summary>The version of CloudEvents.</summary>
    public string Specversion { get; set; }

    /// <summary>The content type of <see cref="Data"/>.</summary>
    public string Datacontenttype { get; set; }

    /// <summary>The data.</summary>
    public TValue Data { get; set; }
}
