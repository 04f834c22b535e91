using Resort.Contracts;

namespace Resort.Points.Domain;

/// <summary>The points of a phone number. The balance is the sum of its entries, which are kept one by one and are never changed.</summary>
public sealed record Account(string Phone, long Balance, int Entries)
{
    public static Account Open(string phone) => new(phone, Balance: 0, Entries: 0);

    /// <summary>The digits: one guest writes the same number in several ways.</summary>
    public static string Id(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));
}

/// <summary>One line of an account's ledger.</summary>
public sealed record LedgerEntry
{
    /// <summary>Its place in the ledger, from 0.</summary>
    public required int Number { get; init; }
    public required string ReservationId { get; init; }
    public required PointsType Type { get; init; }

    /// <summary>Of the cancellation that reversed or restored; a refund without one has none.</summary>
    public int? Attempt { get; init; }
    public required long Delta { get; init; }

    /// <summary>Of the account, afterwards.</summary>
    public required long Balance { get; init; }
    public required DateTimeOffset CreateTime { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>Of the event that tells of it.</summary>
    public string EventId => Attempt is { } attempt ? $"{ReservationId}:Points{Type}:{attempt}" : $"{ReservationId}:Points{Type}";
}
