using System.Text.Json;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>
/// A row is a pure function of the events of its reservation: of the set, not of the order in which they came or how often.
/// So it may be computed again at any time, and a late event changes it as if it had come in time.
/// </summary>
public static class Fold
{
    public static ViewRow Row(string reservationId, IEnumerable<LoggedEvent> log)
    {
        var events = log.Select(Read).DistinctBy(e => e.EventId).OrderBy(e => e.Time).ThenBy(e => e.EventId, StringComparer.Ordinal).ToList();
        var stay = events.Select(e => e.Stay).OfType<Stay>().MaxBy(s => s.Revision ?? 0);
        return new()
        {
            ReservationId = reservationId,
            ReservationStatus = Reservation(events),
            Reason = Rejection(events),
            PaymentStatus = Payment(events),
            IssueStatus = Issue(events),
            PointsStatus = Points(events),
            Points = PointsMoved(events) ? events.Sum(e => e.Delta) : null,
            PaymentId = First(events, e => e.PaymentId),
            IssuedId = First(events, e => e.IssuedId),
            TicketNumber = First(events, e => e.TicketNumber),
            PaymentType = events.Select(e => e.PaymentType).FirstOrDefault(type => type is not null),
            Cost = events.Select(e => e.Cost).FirstOrDefault(cost => cost is not null),
            DepositDeadline = events.Select(e => e.DepositDeadline).FirstOrDefault(deadline => deadline is not null),
            ResortId = stay?.ResortId,
            Resort = stay?.Resort,
            Region = stay?.Region,
            Date = stay?.Date,
            Nights = stay?.Nights,
            Rooms = stay?.Rooms,
            Persons = stay?.Persons,
            Name = stay?.Name,
            Phone = stay?.Phone,
            Email = stay?.Email,
            Needs = stay?.Needs,
            Timeline = JsonSerializer.Serialize(events.Select(e => new TimelineEntry(e.Name, e.Time)), WireJson.Options),
        };
    }

    private static EventFacts Read(LoggedEvent logged) => JsonSerializer.Deserialize<EventFacts>(logged.Data, WireJson.Options)! with { Name = logged.Name };

    // The last state of the table that is known to be reached. Only a cancellation may be taken back, and its attempts are counted.
    private static ReservationStatus Reservation(List<EventFacts> events) =>
        Has<ReservationCancelled>(events) ? ReservationStatus.Cancelled
        : Has<ReservationRejected>(events) ? ReservationStatus.Rejected
        : Attempts<ReservationCancelling>(events) > Attempts<CancellationRefused>(events) ? ReservationStatus.Cancelling
        : Has<TicketCheckedIn>(events) ? ReservationStatus.CheckedIn
        : Has<ReservationConfirmed>(events) ? ReservationStatus.Confirmed
        : Has<ReservationPaid>(events) ? ReservationStatus.Paid
        : Has<PaymentAwaitingDeposit>(events) ? ReservationStatus.AwaitingDeposit
        : Has<ReservationHeld>(events) ? ReservationStatus.Held
        : ReservationStatus.Requested;

    private static PaymentStatus? Payment(List<EventFacts> events) =>
        Has<PaymentRefunded>(events) ? PaymentStatus.Refunded
        : Has<PaymentVoided>(events) ? PaymentStatus.Voided
        : Has<PaymentDeclined>(events) ? PaymentStatus.Declined
        : Has<PaymentPaid>(events) ? PaymentStatus.Paid
        : Has<PaymentAwaitingDeposit>(events) ? PaymentStatus.AwaitingDeposit
        : null;

    private static IssueStatus? Issue(List<EventFacts> events) =>
        Has<TicketCancelled>(events) ? IssueStatus.Cancelled
        : Has<TicketCheckedIn>(events) ? IssueStatus.CheckedIn
        : Has<TicketIssued>(events) ? IssueStatus.Issued
        : null;

    // Points are there exactly while the sum of what changed them is positive
    private static PointsType? Points(List<EventFacts> events) =>
        !PointsMoved(events) ? null
        : events.Sum(e => e.Delta) <= 0 ? PointsType.Reversed
        : Has<PointsRestored>(events) ? PointsType.Restored
        : PointsType.Earned;

    private static bool PointsMoved(List<EventFacts> events) => events.Exists(e => e.Delta is not null);

    private static RejectionReason? Rejection(List<EventFacts> events) =>
        events.FirstOrDefault(e => e.Name == nameof(ReservationRejected))?.Reason is { } reason
            ? JsonSerializer.Deserialize<RejectionReason>($"\"{reason}\"", WireJson.Options)
            : null;

    private static bool Has<TEvent>(List<EventFacts> events) => events.Exists(e => e.Name == typeof(TEvent).Name);

    private static int Attempts<TEvent>(List<EventFacts> events) => events.Where(e => e.Name == typeof(TEvent).Name).Max(e => e.Attempt) ?? 0;

    private static string? First(List<EventFacts> events, Func<EventFacts, string?> fact) => events.Select(fact).FirstOrDefault(value => value is not null);
}
