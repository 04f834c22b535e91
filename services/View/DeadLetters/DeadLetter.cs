namespace Resort.View.DeadLetters;

/// <summary>Failing: deliveries failed, and may still succeed. Dead: its consumer gave it up. Replayed: sent again, and not back since.</summary>
public enum DeadLetterStatus { Failing, Dead, Replayed }

/// <summary>An event that one consumer could not handle.</summary>
public sealed class DeadLetter
{
    public required string Id { get; init; }
    public required string App { get; init; }
    public required string EventId { get; init; }
    public DeadLetterStatus Status { get; init; }

    /// <summary>Where the event was published; unknown when what died is no CloudEvent.</summary>
    public string? Topic { get; init; }

    /// <summary>What the consumer said last. It says nothing when it does not answer.</summary>
    public string? Reason { get; init; }

    /// <summary>The failed deliveries that the consumer told of.</summary>
    public int Attempts { get; init; }

    /// <summary>The latest failure that is counted in <see cref="Attempts"/>.</summary>
    public string? LastFailure { get; init; }
    public DateTimeOffset? DiedAt { get; init; }
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>The envelope as it was delivered; a JSON text of the bytes when it is none.</summary>
    public string? Message { get; init; }
}
