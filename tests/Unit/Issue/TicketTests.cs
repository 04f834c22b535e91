using Resort.Contracts;
using Resort.Issue.Domain;

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
    public void The_ticket_of_a_guest_who_is_in_the_house_stays_valid()
    {
        var checkedIn = issued with { Status = IssueStatus.CheckedIn };

        checkedIn.Cancel(now).Should().BeSameAs(checkedIn);
    }

    [Fact]
    public void A_tombstone_has_the_id_of_the_ticket_that_must_not_come()
    {
        var tombstone = Ticket.Tombstone(Orders.Id(1), "test", now);

        tombstone.IssuedId.Should().Be(issued.IssuedId);
        tombstone.Was(IssueStatus.Issued).Should().BeFalse();
    }
}
