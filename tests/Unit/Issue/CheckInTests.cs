using System.Text.Json;
using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Issue;
using Resort.Issue.Domain;

namespace Resort.Tests.Unit.Issue;

/// <summary>The check-in against a store whose transactions may fail, before or after they took effect.</summary>
public sealed class CheckInTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly DaprClient dapr = Substitute.For<DaprClient>();
    private readonly HttpClient noSidecar = new();
    private readonly TicketOffice office;
    private Ticket? stored;
    private IReadOnlyList<StateTransactionRequest> written = [];

    public CheckInTests()
    {
        office = new(dapr, new EventPublisher(new BulkPublisher(noSidecar)), clock, NullLogger<TicketOffice>.Instance);
        stored = Ticket.Issue(Orders.Id(1), Orders.Stay(), "test", clock.GetUtcNow());
        dapr.GetStateAndETagAsync<Ticket?>(Components.IssueStore, $"ticket:{stored.IssuedId}", cancellationToken: Arg.Any<CancellationToken>())
            .Returns(_ => (stored, "7"));
        Transaction(Take);
    }

    public void Dispose() => noSidecar.Dispose();

    [Fact]
    public async Task The_ticket_is_written_by_its_etag_together_with_the_event_for_those_who_need_not_ask_back()
    {
        (await AskAsync()).Should().BeEquivalentTo((new { Status = IssueStatus.CheckedIn }, true));

        written[0].Should().BeEquivalentTo(new { ETag = "7", Metadata = new Dictionary<string, string> { ["type"] = nameof(TicketCheckedIn) } });
        written[1].Key.Should().Be(written[0].Key);
        written[1].Metadata.Should().Contain("outbox.projection", "true").And.Contain("contentType", "application/json");
        JsonSerializer.Deserialize<TicketCheckedIn>(written[1].Value, WireJson.Options).Should().BeEquivalentTo(new
        {
            EventId = $"{stored!.IssuedId}:TicketCheckedIn",
            ReservationId = Orders.Id(1),
            stored.TicketNumber,
            Stay = Orders.Stay(),
            Time = clock.GetUtcNow(),
            CorrelationId = "request",
        });
    }

    [Fact]
    public async Task One_that_was_written_although_it_looked_as_if_not_is_accepted()
    {
        Transaction(operations =>
        {
            Take(operations);
            throw new DaprException("the answer was lost");
        });
        (await AskAsync()).Accepted.Should().BeTrue();
    }

    [Fact]
    public async Task A_cancellation_that_was_faster_wins()
    {
        Transaction(_ =>
        {
            stored = stored!.Cancel(clock.GetUtcNow());
            throw new DaprException("the etag does not match");
        });
        (await AskAsync()).Should().BeEquivalentTo((new { Status = IssueStatus.Cancelled }, false));
    }

    [Fact]
    public async Task Another_check_in_that_was_faster_wins()
    {
        Transaction(_ =>
        {
            stored = stored!.CheckIn(clock.GetUtcNow().AddMilliseconds(1));
            throw new DaprException("the etag does not match");
        });
        (await AskAsync()).Accepted.Should().BeFalse();
    }

    [Fact]
    public async Task A_store_that_stays_broken_is_a_fault()
    {
        Transaction(_ => throw new DaprException("broken"));
        await office.Invoking(_ => AskAsync()).Should().ThrowAsync<DaprException>();
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_is_none()
    {
        stored = null;
        (await AskAsync()).Should().Be((null, false));
    }

    private Task<(Ticket? Ticket, bool Accepted)> AskAsync() =>
        office.CheckInAsync(Ticket.Issue(Orders.Id(1), Orders.Stay(), "test", clock.GetUtcNow()).IssuedId, "request", CancellationToken.None);

    private void Take(IReadOnlyList<StateTransactionRequest> operations)
    {
        written = operations;
        stored = JsonSerializer.Deserialize<Ticket>(operations[0].Value, WireJson.Options);
    }

    private void Transaction(Action<IReadOnlyList<StateTransactionRequest>> execute) => dapr.ExecuteStateTransactionAsync(
        Components.IssueStore, Arg.Any<IReadOnlyList<StateTransactionRequest>>(), cancellationToken: Arg.Any<CancellationToken>()).Returns(call =>
        {
            execute(call.Arg<IReadOnlyList<StateTransactionRequest>>());
            return Task.CompletedTask;
        });
}
