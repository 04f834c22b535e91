namespace Resort.Contracts.Events;

/// <summary>
/// A consumer could not handle events that were delivered to it, and why. Dapr adds nothing to a dead letter, so this is where its reason
/// and its attempts come from.
/// </summary>
public sealed record DeliveryFailed : IPublished
{
    public static string Topic => Topics.DeliveryFailed;

    /// <summary>Later failures have greater ids; one that comes again is not counted again.</summary>
    public required string FailureId { get; init; }
    public required string App { get; init; }
    public required string FailedTopic { get; init; }
    public required IReadOnlyList<FailedEvent> Events { get; init; }
}

/// <summary>The id of the event's envelope, and what went wrong.</summary>
public sealed record FailedEvent(string EventId, string Reason);
