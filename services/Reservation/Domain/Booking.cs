using Resort.Contracts;
using Resort.Defaults.Domain;

namespace Resort.Reservation.Domain;

/// <summary>A reservation.</summary>
public sealed record Booking
{
    public static TransitionTable<ReservationStatus> Table => StatusTables.Reservation;

    public required string ReservationId { get; init; }
    public required Stay Stay { get; init; }
    public required long Cost { get; init; }
    public required PaymentType PaymentType { get; init; }
    public required string CorrelationId { get; init; }
    public ReservationStatus Status { get; init; } = ReservationStatus.Requested;
    public RejectionReason? Reason { get; init; }

    /// <summary>Until when a transfer must have come; a card has none.</summary>
    public DateTimeOffset? DepositDeadline { get; init; }

    /// <summary>The rooms are among the sold ones of every night, and have to be given back.</summary>
    public bool RoomsSold { get; init; }
    public string? IssuedId { get; init; }
    public string? TicketNumber { get; init; }

    /// <summary>The guest is checked in, perhaps before the reservation is where that shows.</summary>
    public bool GuestArrived { get; init; }
    public int CancellationAttempts { get; init; }
    public IReadOnlyList<Move<ReservationStatus>> Moves { get; init; } = [];

    public bool May(ReservationStatus next) => Table.Allows(Status, next);

    /// <summary>Whoever moves has asked <see cref="May"/>.</summary>
    public Booking To(ReservationStatus next, DateTimeOffset at) => May(next)
        ? this with { Status = next, Moves = [.. Moves, new(next, at)] }
        : throw new InvalidOperationException($"A reservation that is {Status} cannot become {next}.");

    public Booking Reject(RejectionReason reason, DateTimeOffset at) => To(ReservationStatus.Rejected, at) with { Reason = reason };

    /// <summary>Contact and needs as the guest wants them now, as long as it may be cancelled; the same again changes nothing.</summary>
    public Booking Change(Stay wanted) => wanted != Stay && May(ReservationStatus.Cancelling)
        ? this with { Stay = wanted with { Revision = (Stay.Revision ?? 0) + 1 } }
        : this;

    public static Booking Requested(string reservationId, Stay stay, long cost, PaymentType paymentType, string correlationId) => new()
    {
        ReservationId = reservationId,
        Stay = stay,
        Cost = cost,
        PaymentType = paymentType,
        CorrelationId = correlationId,
    };

    public bool AwaitsDeposit(DateTimeOffset now) => Status is ReservationStatus.AwaitingDeposit && now < DepositDeadline;

    public bool Was(ReservationStatus status) => Moves.Any(move => move.Status == status);
}
