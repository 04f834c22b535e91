using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.View.Database;

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
public sealed class ChangeLog(ViewDatabase database)
{
    private const int Page = 100;

    public Task<long> LatestSequenceAsync(CancellationToken cancel) =>
        database.ReadAsync(connection => connection.NumberAsync($"SELECT MAX({database.Sequence}) FROM Events"), cancel);

    /// <summary>What came after a place in the log, of one reservation or of all.</summary>
    public Task<List<Change>> AfterAsync(long sequence, string? reservationId, CancellationToken cancel) => database.ReadAsync(connection => connection.ListAsync(
        $"""
        SELECT e.{database.Sequence} AS Place, e.Name AS Event, e.Data, v.*
        FROM Events e JOIN Views v ON v.ReservationId = e.ReservationId
        WHERE e.{database.Sequence} > @after {(reservationId is null ? "" : "AND e.ReservationId = @id")} ORDER BY e.{database.Sequence} LIMIT {Page}
        """, Read, ("@after", sequence), ("@id", reservationId ?? "")), cancel);

    private static Change Read(DbDataReader row)
    {
        var view = ViewTable.Read(row);
        var facts = JsonSerializer.Deserialize<EventFacts>(row.TextOrNull("Data")!, WireJson.Options)!;
        return new(
            row.NumberOrNull("Place")!.Value, row.TextOrNull("Event")!, facts.Time, view.ReservationId,
            view.ReservationStatus, view.Reason, view.PaymentStatus, view.IssueStatus, view.TicketNumber);
    }
}
