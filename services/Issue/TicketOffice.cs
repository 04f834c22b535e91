using Dapr;
using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Issue.Domain;

namespace Resort.Issue;

/// <summary>
/// Issues and cancels tickets: saved first, then published; and checks guests in. A payment or a cancellation that comes again finds what was done and
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
        PaymentPaid[] distinct = [.. payments.DistinctBy(paid => paid.ReservationId)];
        var tickets = await CreateAsync([.. distinct.Select(paid => Ticket.Issue(paid.ReservationId, paid.Stay, paid.CorrelationId, now))], cancel);
        await Task.WhenAll(distinct.Zip(tickets, (paid, ticket) => PublishIssuedAsync(paid, ticket, cancel)));
    }

    public async Task<Ticket> CancelAsync(string reservationId, string correlationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var tombstone = Ticket.Tombstone(reservationId, correlationId, now);
        var ticket = await dapr.ChangeAsync<Ticket>(Components.IssueStore, Key(tombstone.IssuedId), current => current?.Cancel(now) ?? tombstone, cancel);
        if (ticket.Status is IssueStatus.Cancelled && ticket.Was(IssueStatus.Issued))
        {
            Cancelled(logger, ticket.IssuedId, reservationId, correlationId);
            var stamp = Stamp(ticket with { CorrelationId = correlationId }, IssueStatus.Cancelled);
            await events.PublishAsync(new TicketCancelled { IssuedId = ticket.IssuedId }, stamp, cancel);
        }
        return ticket;
    }

    /// <summary>Saved and published in one: nobody calls again for a guest who has gone to his room.</summary>
    public async Task<(Ticket? Ticket, bool Accepted)> CheckInAsync(string issuedId, string correlationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (ticket, isChanged) = await dapr.ChangeAndPublishAsync<Ticket, TicketCheckedIn>(Components.IssueStore, Key(issuedId), current =>
        {
            if (current?.CheckIn(now) is not { } checkedIn)
                return null;
            var stamp = new EventStamp(issuedId, current.ReservationId, now, correlationId);
            return (checkedIn, stamp.On(new TicketCheckedIn { IssuedId = issuedId, TicketNumber = current.TicketNumber!, Stay = current.Stay! }));
        }, logger, cancel);
        if (isChanged)
            CheckedIn(logger, issuedId, ticket!.ReservationId, correlationId);
        return (ticket, Accepted: ticket?.Moves.Contains(new(IssueStatus.CheckedIn, now)) ?? false); // also when it was done, and the answer lost
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

    private async Task PublishIssuedAsync(PaymentPaid paid, Ticket ticket, CancellationToken cancel)
    {
        if (!ticket.Was(IssueStatus.Issued))
            return;
        using var trace = EventTrace.Continue(paid.TraceParent, Topics.TicketIssued);
        Issued(logger, ticket.IssuedId, ticket.ReservationId, ticket.CorrelationId);
        var issued = new TicketIssued { IssuedId = ticket.IssuedId, TicketNumber = ticket.TicketNumber!, Stay = ticket.Stay! };
        await events.PublishAsync(issued, Stamp(ticket, IssueStatus.Issued), cancel);
    }

    private static EventStamp Stamp(Ticket ticket, IssueStatus status) =>
        new(ticket.IssuedId, ticket.ReservationId, ticket.ReachedAt(status), ticket.CorrelationId);

    private static string Key(string issuedId) => $"ticket:{issuedId}";

    [LoggerMessage(3000, LogLevel.Information, "Ticket {IssuedId} of reservation {ReservationId} is issued ({CorrelationId})")]
    private static partial void Issued(ILogger logger, string issuedId, string reservationId, string correlationId);

    [LoggerMessage(3001, LogLevel.Information, "Ticket {IssuedId} of reservation {ReservationId} is cancelled ({CorrelationId})")]
    private static partial void Cancelled(ILogger logger, string issuedId, string reservationId, string correlationId);

    [LoggerMessage(3002, LogLevel.Information, "The guest of ticket {IssuedId} of reservation {ReservationId} is checked in ({CorrelationId})")]
    private static partial void CheckedIn(ILogger logger, string issuedId, string reservationId, string correlationId);
}
