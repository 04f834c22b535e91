using Dapr;
using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Issue.Domain;

namespace Resort.Issue;

/// <summary>
/// Issues and cancels tickets: saved first, then published. A payment or a cancellation that comes again finds what was done and
/// publishes again; they may come in any order, because a cancellation that is early leaves a tombstone.
/// </summary>
public sealed partial class TicketOffice(DaprClient dapr, EventPublisher events, TimeProvider clock, ILogger<TicketOffice> logger)
{
    private static readonly StateOptions firstWrite = new() { Concurrency = ConcurrencyMode.FirstWrite };

    public Task<Ticket?> FindAsync(string issuedId, CancellationToken cancel) =>
        dapr.GetStateAsync<Ticket?>(Components.IssueStore, Key(issuedId), cancellationToken: cancel);

    /// <summary>One write for all tickets of a delivery.</summary>
    public async Task IssueAsync(IReadOnlyList<PaymentPaid> payments, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var tickets = await CreateAsync(
            [.. payments.DistinctBy(paid => paid.ReservationId).Select(paid => Ticket.Issue(paid.ReservationId, paid.Stay, paid.CorrelationId, now))], cancel);
        await Task.WhenAll(tickets.Where(ticket => ticket.Was(IssueStatus.Issued)).Select(ticket => PublishIssuedAsync(ticket, cancel)));
    }

    public async Task<Ticket> CancelAsync(string reservationId, string correlationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var tombstone = Ticket.Tombstone(reservationId, correlationId, now);
        var ticket = await dapr.ChangeAsync<Ticket>(Components.IssueStore, Key(tombstone.IssuedId), current => current?.Cancel(now) ?? tombstone, cancel);
        if (ticket.Status is IssueStatus.Cancelled && ticket.Was(IssueStatus.Issued))
        {
            Cancelled(logger, ticket.IssuedId, reservationId, correlationId);
            await events.PublishAsync(new TicketCancelled { IssuedId = ticket.IssuedId }, Stamp(ticket, IssueStatus.Cancelled), cancel);
        }
        return ticket;
    }

    private async Task<IReadOnlyList<Ticket>> CreateAsync(Ticket[] tickets, CancellationToken cancel)
    {
        try
        {
            var items = tickets.Select(ticket => new SaveStateItem<Ticket>(Key(ticket.IssuedId), ticket, etag: "", firstWrite));
            await dapr.SaveBulkStateAsync(Components.IssueStore, [.. items], cancel);
            return tickets;
        }
        catch (DaprException)
        {
            // one is there already, or the store is broken: one by one it shows
            return await Task.WhenAll(tickets.Select(ticket => dapr.CreateOrGetAsync(Components.IssueStore, Key(ticket.IssuedId), ticket, cancel)));
        }
    }

    private Task PublishIssuedAsync(Ticket ticket, CancellationToken cancel)
    {
        Issued(logger, ticket.IssuedId, ticket.ReservationId, ticket.CorrelationId);
        var issued = new TicketIssued { IssuedId = ticket.IssuedId, TicketNumber = ticket.TicketNumber!, Stay = ticket.Stay! };
        return events.PublishAsync(issued, Stamp(ticket, IssueStatus.Issued), cancel);
    }

    private static EventStamp Stamp(Ticket ticket, IssueStatus status) =>
        new(ticket.IssuedId, ticket.ReservationId, ticket.ReachedAt(status), ticket.CorrelationId);

    private static string Key(string issuedId) => $"ticket:{issuedId}";

    [LoggerMessage(3000, LogLevel.Information, "Ticket {IssuedId} of reservation {ReservationId} is issued ({CorrelationId})")]
    private static partial void Issued(ILogger logger, string issuedId, string reservationId, string correlationId);

    [LoggerMessage(3001, LogLevel.Information, "Ticket {IssuedId} of reservation {ReservationId} is cancelled ({CorrelationId})")]
    private static partial void Cancelled(ILogger logger, string issuedId, string reservationId, string correlationId);
}
