namespace Resort.View.Projections;

/// <summary>An event as it arrived. Its id is unique, so the log is the inbox as well: what is in it has been seen.</summary>
public sealed class LoggedEvent
{
    /// <summary>Its place in the log: grows with every event, also over restarts, and is what a listener resumes by.</summary>
    public long Sequence { get; init; }
    public required string EventId { get; init; }
    public required string ReservationId { get; init; }
    public required string Name { get; init; }
    public required string Data { get; init; }
}
