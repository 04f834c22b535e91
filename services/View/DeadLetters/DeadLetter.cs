namespace Resort.View.DeadLetters;

/// <summary>Dead: its consumer gave it up. Replayed: sent again, and not back since.</summary>
public enum DeadLetterStatus { Dead, Replayed }

/// <summary>An event that one consumer could not handle.</summary>
public sealed class DeadLetter
{
    public required string Id { get; init; }
    public required string App { get; init; }
    public required string EventId { get; init; }
    public DeadLetterStatus Status { get; init; }

    /// <summary>Where the event was published; unknown when what died is no CloudEvent.</summary>
    public string? Topic { get; init; }
    public DateTimeOffset DiedAt { get; init; }
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>The envelope as it was delivered; a JSON text of the bytes when it is none.</summary>
    public required string Message { get; init; }
}

/// <summary>One failed delivery of an event, as its consumer told. Most events are handled later, and never become dead letters.</summary>
public sealed class Failure
{
    /// <summary>Begins with its time.</summary>
    public required string FailureId { get; init; }
    public required string App { get; init; }
    public required string EventId { get; init; }
    public required string Reason { get; init; }
}

/// <summary>A dead letter with how often its delivery failed, and what its consumer said last.</summary>
public sealed record ExplainedLetter(DeadLetter Letter, int Attempts, string? Reason);
