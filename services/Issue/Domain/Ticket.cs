using Resort.Contracts;
using Resort.Defaults.Domain;

namespace Resort.Issue.Domain;

/// <summary>A ticket. There is one per reservation; without a number it is a tombstone, cancelled before it was issued.</summary>
public sealed record Ticket
{
    public static TransitionTable<IssueStatus> Table => StatusTables.Ticket;

    public required string IssuedId { get; init; }
    public required string ReservationId { get; init; }
    public required string CorrelationId { get; init; }
    public required IssueStatus Status { get; init; }
    public string? TicketNumber { get; init; }
    public Stay? Stay { get; init; }
    public IReadOnlyList<Move<IssueStatus>> Moves { get; init; } = [];

    public static Ticket Issue(string reservationId, Stay stay, string correlationId, DateTimeOffset at) =>
        New(reservationId, IssueStatus.Issued, correlationId, at) with { TicketNumber = DerivedId.TicketNumber(reservationId), Stay = stay };

    /// <summary>What a late payment finds, so that no ticket is issued for money that went back.</summary>
    public static Ticket Tombstone(string reservationId, string correlationId, DateTimeOffset at) =>
        New(reservationId, IssueStatus.Cancelled, correlationId, at);

    public bool May(IssueStatus next) => Table.Allows(Status, next);

    public bool Was(IssueStatus status) => Moves.Any(move => move.Status == status);

    /// <summary>A ticket that cannot be cancelled stays as it is: the guest is checked in, or it is cancelled already.</summary>
    public Ticket Cancel(DateTimeOffset at) => May(IssueStatus.Cancelled) ? To(IssueStatus.Cancelled, at) : this;

    /// <returns>Null when the ticket is not valid, or was used before.</returns>
    public Ticket? CheckIn(DateTimeOffset at) => May(IssueStatus.CheckedIn) ? To(IssueStatus.CheckedIn, at) : null;

    public DateTimeOffset ReachedAt(IssueStatus status) => Moves.First(move => move.Status == status).At;

    private Ticket To(IssueStatus next, DateTimeOffset at) => this with { Status = next, Moves = [.. Moves, new(next, at)] };

    private static Ticket New(string reservationId, IssueStatus status, string correlationId, DateTimeOffset at) => new()
    {
        IssuedId = DerivedId.Issue(reservationId),
        ReservationId = reservationId,
        CorrelationId = correlationId,
        Status = status,
        Moves = [new(status, at)],
    };
}
