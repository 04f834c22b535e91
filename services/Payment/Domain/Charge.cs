using Resort.Contracts;
using Resort.Defaults.Domain;

namespace Resort.Payment.Domain;

/// <summary>A payment. There is one per reservation.</summary>
public sealed record Charge
{
    public static TransitionTable<PaymentStatus> Table => StatusTables.Payment;

    public required string PaymentId { get; init; }
    public required string ReservationId { get; init; }
    public required string CorrelationId { get; init; }
    public PaymentStatus Status { get; init; } = PaymentStatus.Requested;
    public PaymentType? PaymentType { get; init; }
    public long Cost { get; init; }

    /// <summary>What is paid for; unknown when the void came before the charge.</summary>
    public Stay? Stay { get; init; }
    public string? Reason { get; init; }

    /// <summary>Until when a transfer must have come; a card has none.</summary>
    public DateTimeOffset? DepositDeadline { get; init; }
    public IReadOnlyList<Move<PaymentStatus>> Moves { get; init; } = [];

    public static Charge Requested(string reservationId, string correlationId) => new()
    {
        PaymentId = DerivedId.Payment(reservationId),
        ReservationId = reservationId,
        CorrelationId = correlationId,
    };

    public bool May(PaymentStatus next) => Table.Allows(Status, next);

    /// <summary>Whoever moves has asked <see cref="May"/>.</summary>
    public Charge To(PaymentStatus next, DateTimeOffset at) => May(next)
        ? this with { Status = next, Moves = [.. Moves, new(next, at)] }
        : throw new InvalidOperationException($"A payment that is {Status} cannot become {next}.");

    /// <summary>The transfer has come. In time it pays, too late it voids; where none is awaited, everything stays as it is.</summary>
    public Charge Receive(DateTimeOffset at) => Status switch
    {
        PaymentStatus.Requested => throw new InvalidOperationException($"No transfer was asked for by payment {PaymentId}."),
        PaymentStatus.AwaitingDeposit => To(at < DepositDeadline ? PaymentStatus.Paid : PaymentStatus.Voided, at),
        _ => this,
    };

    /// <summary>No transfer is waited for any longer; one that has come stays.</summary>
    public Charge Close(DateTimeOffset at) => May(PaymentStatus.Voided) ? To(PaymentStatus.Voided, at) : this;

    /// <summary>Gives back what was taken, or sees to it that nothing will be taken; what is over already stays as it is.</summary>
    public Charge Reverse(DateTimeOffset at) =>
        May(PaymentStatus.Refunded) ? To(PaymentStatus.Refunded, at)
        : May(PaymentStatus.Voided) ? To(PaymentStatus.Voided, at)
        : this;

    public DateTimeOffset ReachedAt(PaymentStatus status) => Moves.First(move => move.Status == status).At;
}
