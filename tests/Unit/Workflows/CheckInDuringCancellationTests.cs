using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Tests.Unit.Workflows;

/// <summary>A guest who wants to be let in and to cancel: the ticket decides, and he is told of the other.</summary>
public class CheckInDuringCancellationTests
{
    private readonly SagaWorld world = new();
    private readonly SagaHost host;

    public CheckInDuringCancellationTests() => host = new(world);

    [Fact]
    public async Task A_guest_who_checks_in_during_the_cancellation_is_checked_in_when_it_is_refused()
    {
        await host.BookAsync(Orders.Order());
        host.Meanwhile[nameof(CancelTicket)] = () =>
        {
            world.TicketStatus = IssueStatus.CheckedIn;
            return world.CheckInAsync(Orders.Order());
        };

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.CheckedIn);
        world.Ledger.Booking(Orders.Id(1))!.Moves.Select(move => move.Status).Should().EndWith(
            [ReservationStatus.Cancelling, ReservationStatus.Confirmed, ReservationStatus.CheckedIn]);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_guest_who_checks_in_before_the_accepted_cancellation_begins_is_told_that_it_is_refused()
    {
        await host.BookAsync(Orders.Order());
        world.TicketStatus = IssueStatus.CheckedIn;
        await world.CheckInAsync(Orders.Order());

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.CheckedIn);
        host.Steps.Should().EndWith(nameof(BeginCancellation));
        world.Published.Should().Contain($"{Orders.Id(1)}:Refused:1").And.NotContain($"{Orders.Id(1)}:Cancelling");
        world.BooksBalance();
    }
}
