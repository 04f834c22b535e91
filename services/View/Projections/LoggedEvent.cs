namespace Resort.View.Projections;

/// <summary>An event as it arrived. Its id is the key, so the log is the inbox as well: what is in it has been seen.</summary>
public sealed class LoggedEvent
{
    public required string EventId { get; init; }
    public required string ReservationId { get; init; }
    public required string Name { get; init; }
    public required string Data { get; init; }
}
