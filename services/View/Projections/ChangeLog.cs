using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Resort.Contracts;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>An event of the log, and how the reservation it belongs to stands now. Says nothing about the guest.</summary>
public sealed record Change(
    [property: JsonIgnore] long Sequence, string Event, DateTimeOffset Time, string ReservationId, ReservationStatus ReservationStatus,
    RejectionReason? Reason, PaymentStatus? PaymentStatus, IssueStatus? IssueStatus, string? TicketNumber)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = new Links().With("view", $"/views/{ReservationId}", when: true);
}

/// <summary>The log as those read it who follow it: a page at a time, in the order of arrival.</summary>
public static class ChangeLog
{
    private const int Page = 100;

    public static long LatestSequence(ViewDb db) => db.Events.Max(e => (long?)e.Sequence) ?? 0;

    /// <summary>What came after a place in the log, of one reservation or of all.</summary>
    public static IReadOnlyList<Change> After(ViewDb db, long sequence, string? reservationId)
    {
        var events = db.Events.AsNoTracking().Where(e => e.Sequence > sequence);
        if (reservationId is not null)
            events = events.Where(e => e.ReservationId == reservationId);
        var found =
            from e in events
            join view in db.Views on e.ReservationId equals view.ReservationId
            orderby e.Sequence
            select new { e.Sequence, e.Name, e.Data, View = new { view.ReservationId, view.ReservationStatus, view.Reason, view.PaymentStatus, view.IssueStatus, view.TicketNumber } };
        return [.. found.Take(Page).AsEnumerable().Select(row => new Change(
            row.Sequence, row.Name, JsonSerializer.Deserialize<EventFacts>(row.Data, WireJson.Options)!.Time, row.View.ReservationId,
            row.View.ReservationStatus, row.View.Reason, row.View.PaymentStatus, row.View.IssueStatus, row.View.TicketNumber))];
    }
}
