namespace Resort.Contracts.Events;

public sealed record PointsEarned : ResortEvent, IPublished
{
    public static string Topic => Topics.PointsEarned;
    public required string Phone { get; init; }
    public required long Delta { get; init; }
    public required long Balance { get; init; }
}

public sealed record PointsReversed : ResortEvent, IPublished
{
    public static string Topic => Topics.PointsReversed;
    public required string Phone { get; init; }
    public required long Delta { get; init; }
    public required long Balance { get; init; }
}

public sealed record PointsRestored : ResortEvent, IPublished
{
    public static string Topic => Topics.PointsRestored;
    public required string Phone { get; init; }
    public required long Delta { get; init; }
    public required long Balance { get; init; }
}
