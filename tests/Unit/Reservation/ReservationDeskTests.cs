using Resort.Contracts;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Tests.Unit.Reservation;

public class ReservationDeskTests
{
    private readonly ManualClock clock = new();
    private readonly MemoryLedger ledger = new();
    private readonly ReservationDesk desk;

    public ReservationDeskTests() => desk = new(ledger, clock);

    [Fact]
    public async Task Two_hundred_customers_for_ten_rooms_get_exactly_ten()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => Task.Run(() => HoldAsync(n, capacity: 10))));

        answers.Count(booking => booking!.Status is ReservationStatus.Held).Should().Be(10);
        answers.Count(booking => booking is { Status: ReservationStatus.Rejected, Reason: RejectionReason.SoldOut }).Should().Be(190);
        ledger.Night(Orders.Arrival)!.Free(clock.GetUtcNow()).Should().Be(0);
    }

    [Fact]
    public async Task Commands_that_come_while_one_is_served_share_one_read_and_one_write()
    {
        var arrived = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        ledger.BeforeRead = () =>
        {
            arrived.TrySetResult();
            return released.Task;
        };
        var first = HoldAsync(1);
        await arrived.Task;
        var others = Enumerable.Range(2, 20).Select(n => HoldAsync(n)).ToList();

        released.SetResult();
        await Task.WhenAll([first, .. others]);

        (ledger.Reads, ledger.Writes).Should().Be((2, 2));
    }

    [Fact]
    public async Task A_group_that_lost_a_race_decides_again_on_what_the_winner_wrote()
    {
        var night = new Night("seorak-ridge", Orders.Arrival);
        var winner = Allotment.Open(1).Sell("the other replica's", 1, clock.GetUtcNow())!;
        ledger.BeforeWrite = () =>
        {
            ledger.BeforeWrite = () => { };
            ledger.Put(night, winner);
        };

        var booking = await HoldAsync(1, capacity: 1);

        booking!.Reason.Should().Be(RejectionReason.SoldOut);
        ledger.Night(Orders.Arrival).Should().Be(winner);
    }

    [Fact]
    public async Task A_group_that_always_loses_gives_up_with_a_fault()
    {
        ledger.BeforeWrite = () => ledger.Put(new Night("seorak-ridge", Orders.Arrival), Allotment.Open(50));

        var hold = () => HoldAsync(1);

        await hold.Should().ThrowAsync<TimeoutException>();
        ledger.Booking(Orders.Id(1)).Should().BeNull();
    }

    [Fact]
    public async Task A_store_that_fails_fails_the_command_and_the_next_one_is_served()
    {
        ledger.BeforeRead = () => throw new IOException("broken");
        var hold = () => HoldAsync(1);
        await hold.Should().ThrowAsync<IOException>();

        ledger.BeforeRead = () => Task.CompletedTask;

        (await HoldAsync(2))!.Status.Should().Be(ReservationStatus.Held);
    }

    [Fact]
    public async Task A_command_that_fails_does_not_harm_its_group()
    {
        var released = new TaskCompletionSource();
        ledger.BeforeRead = () => released.Task;
        var first = HoldAsync(1);
        var broken = desk.AskAsync("seorak-ridge", new(Orders.Id(2), [], _ => throw new InvalidOperationException("a bug")));
        var neighbour = HoldAsync(3);
        released.SetResult();

        await broken.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>();
        (await first)!.Status.Should().Be(ReservationStatus.Held);
        (await neighbour)!.Status.Should().Be(ReservationStatus.Held);
    }

    private Task<Booking?> HoldAsync(int n, int capacity = 50) => desk.AskAsync("seorak-ridge", new(Orders.Id(n), Night.Of(Orders.Stay()),
        page => Decisions.Hold(page, Orders.Requested(n), capacity, clock.GetUtcNow().AddMinutes(10), clock.GetUtcNow())));
}
