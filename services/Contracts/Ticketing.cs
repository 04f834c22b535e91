namespace Resort.Contracts;

/// <summary>Reservation asks Issue to make the ticket invalid, now or when it would be issued later.</summary>
public sealed record CancelTicketRequest(string ReservationId);

/// <summary>Cancelled, or CheckedIn when the guest is in the house and the ticket stays valid.</summary>
public sealed record TicketResult(string IssuedId, IssueStatus IssueStatus);
