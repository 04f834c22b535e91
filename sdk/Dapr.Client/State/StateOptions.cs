#nullable disable

namespace Dapr.Client;

/// <summary>How a state store should treat one write.</summary>
public class StateOptions
{
    /// <summary>When a write counts as done; null for the store's default.</summary>
    public ConsistencyMode? Consistency { get; set; }

    /// <summary>Who wins when two write; null for the store's default.</summary>
    public ConcurrencyMode? Concurrency { get; set; }
}

/// <summary>When a write counts as done.</summary>
public enum ConsistencyMode
{
    /// <summary>Replicas may lag behind.</summary>
    Eventual,

    /// <summary>All replicas have it.</summary>
    Strong,
}

/// <summary>Who wins when two write.</summary>
public enum ConcurrencyMode
{
    /// <summary>The first; the second must bring the new etag.</summary>
    FirstWrite,

    /// <summary>The last.</summary>
    LastWrite,
}
