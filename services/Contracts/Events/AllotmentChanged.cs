namespace Resort.Contracts.Events;

/// <summary>Staff has changed how many rooms a resort offers in one night. The only event that is of no reservation.</summary>
public sealed record AllotmentChanged : IPublished
{
    public static string Topic => Topics.AllotmentChanged;

    /// <summary>Deterministic, <c>{resort id}:{date}:AllotmentChanged:{number of the change}</c>.</summary>
    public required string EventId { get; init; }
    public int Version { get; init; } = 1;
    public required DateTimeOffset Time { get; init; }
    public required string CorrelationId { get; init; }
    public required string ResortId { get; init; }
    public required DateOnly Date { get; init; }
    public required int Capacity { get; init; }
    public required int Held { get; init; }
    public required int Sold { get; init; }
}
