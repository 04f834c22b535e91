using Resort.Contracts;
using Resort.Issue.Domain;
using Resort.Issue.Features;

namespace Resort.Tests.Unit.Issue;

public class TicketTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly Ticket issued = Ticket.Issue(Orders.Id(1), Orders.Stay(), "test", now);

    [Fact]
    public void A_ticket_can_be_cancelled_once()
    {
        var cancelled = issued.Cancel(now);

        cancelled.Status.Should().Be(IssueStatus.Cancelled);
        cancelled.Cancel(now.AddHours(1)).Should().BeSameAs(cancelled);
    }

    [Fact]
    public void The_ticket_of_a_guest_who_is_in_the_house_stays_valid_and_cannot_be_used_again()
    {
        var checkedIn = issued.CheckIn(now)!;

        checkedIn.Cancel(now).Should().BeSameAs(checkedIn);
        checkedIn.CheckIn(now).Should().BeNull();
    }

    [Fact]
    public void A_cancelled_ticket_lets_nobody_in() =>
        issued.Cancel(now).CheckIn(now).Should().BeNull();

    [Fact]
    public void A_ticket_offers_the_check_in_exactly_when_it_is_legal()
    {
        Links(issued).Should().Contain("check-in");
        Links(issued.CheckIn(now)!).Should().NotContain("check-in");
        Links(issued.Cancel(now)).Should().NotContain("check-in");

        static IEnumerable<string> Links(Ticket ticket) => IssuedResource.Of(ticket, ticket.Stay!).Links.Keys;
    }

    [Fact]
    public void A_tombstone_has_the_id_of_the_ticket_that_must_not_come()
    {
        var tombstone = Ticket.Tombstone(Orders.Id(1), "test", now);

        tombstone.IssuedId.Should().Be(issued.IssuedId);
        tombstone.Was(IssueStatus.Issued).Should().BeFalse();
    }
}
