namespace Resort.Points.Domain;

/// <summary>
/// What one reservation brings its guest, and all that was heard of it. Whether it stands follows from what was heard, not from the order:
/// so a reversal may come before the payment that earns.
/// </summary>
public sealed record Award
{
    public required string ReservationId { get; init; }

    /// <summary>Whose points they are, as the payment said; null until it was heard of.</summary>
    public string? Phone { get; init; }
    public long? Points { get; init; }

    /// <summary>The latest attempt to cancel that has reversed them.</summary>
    public int Reversed { get; init; }

    /// <summary>The latest attempt to cancel that was refused, and gave them back.</summary>
    public int Restored { get; init; }

    /// <summary>The money went back, so the points do not return.</summary>
    public bool Refunded { get; init; }

    /// <summary>Its lines in the account's ledger.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get; init; } = [];

    public bool Stands => Points is not null && !Refunded && Reversed <= Restored;

    /// <summary>What the reservation is worth now.</summary>
    public long Worth => Stands ? Points!.Value : 0;
}
