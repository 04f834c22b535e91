using System.Text.Json.Serialization;

namespace Resort.Contracts.Events;

/// <summary>What every event carries; the publisher stamps it. Published fields are added, never changed.</summary>
public abstract record ResortEvent
{
    /// <summary>Deterministic, <c>{aggregate id}:{event name}[:{attempt}]</c>: publishing again is harmless.</summary>
    [JsonRequired]
    public string EventId { get; init; } = "";

    [JsonRequired]
    public string ReservationId { get; init; } = "";

    public int Version { get; init; } = 1;

    [JsonRequired]
    public DateTimeOffset Time { get; init; }

    [JsonRequired]
    public string CorrelationId { get; init; } = "";

    /// <summary>The W3C trace that it was published in, if any. It travels in the envelope.</summary>
    [JsonIgnore]
    public string? TraceParent { get; init; }
}

/// <summary>An event that knows its topic.</summary>
public interface IPublished
{
    static abstract string Topic { get; }
}
