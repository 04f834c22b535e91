using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Tests.Unit.Workflows;

public class TransferSagaTests
{
    private readonly SagaWorld world = new();
    private readonly SagaHost host;

    public TransferSagaTests() => host = new(world);

    [Fact]
    public async Task A_deposit_in_time_sells_the_rooms_without_waiting_for_the_deadline()
    {
        host.BeforeTimer = () =>
        {
            Deposit();
            host.DepositReceived.SetResult(null);
            return new TaskCompletionSource().Task; // the deadline is far
        };

        (await host.BookAsync(Orders.Transfer())).Status.Should().Be(ReservationStatus.Paid);

        host.Steps.Should().Equal(nameof(HoldRooms), nameof(RequestDeposit), nameof(AwaitDeposit), nameof(CloseDeposit), nameof(SellRooms));
        world.BooksBalance();
    }

    [Fact]
    public async Task A_deposit_whose_event_got_lost_is_found_at_the_deadline()
    {
        host.BeforeTimer = () =>
        {
            Deposit();
            return Task.CompletedTask;
        };

        (await host.BookAsync(Orders.Transfer())).Status.Should().Be(ReservationStatus.Paid);
        world.BooksBalance();
    }

    [Fact]
    public async Task Without_a_deposit_the_rooms_are_given_back_and_the_payment_is_void()
    {
        (await host.BookAsync(Orders.Transfer())).Should().BeEquivalentTo(new { Status = ReservationStatus.Rejected, Reason = RejectionReason.DepositExpired });

        world.Charges[Orders.Id(1)].Status.Should().Be(PaymentStatus.Voided);
        host.Steps.Should().NotContain(nameof(RefundPayment));
        world.ReceiveDeposit(Orders.Transfer()).Should().Be(PaymentStatus.Voided, "it comes too late");
        world.BooksBalance();
    }

    [Fact]
    public async Task A_deposit_that_comes_after_the_deadline_but_before_the_saga_wakes_is_too_late()
    {
        host.Meanwhile[nameof(CloseDeposit)] = () =>
        {
            world.ReceiveDeposit(Orders.Transfer()).Should().Be(PaymentStatus.Voided);
            return Task.CompletedTask;
        };

        (await host.BookAsync(Orders.Transfer())).Reason.Should().Be(RejectionReason.DepositExpired);
        world.BooksBalance();
    }

    [Fact]
    public async Task The_rooms_are_held_until_after_the_deadline()
    {
        host.BeforeTimer = () =>
        {
            world.Clock.Advance(new Resort.Reservation.BookingSettings().DepositDeadline - TimeSpan.FromSeconds(1));
            Deposit();
            return Task.CompletedTask;
        };
        host.Meanwhile[nameof(SellRooms)] = async () =>
            (await world.Bookings.HoldAsync(Orders.Order(2))).Reason.Should().Be(RejectionReason.SoldOut);

        (await host.BookAsync(Orders.Transfer())).Status.Should().Be(ReservationStatus.Paid);
        world.BooksBalance();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancellation_while_the_deposit_is_awaited_voids_it_also_when_the_saga_is_not_told(bool told)
    {
        host.BeforeTimer = async () =>
        {
            await host.CancelAsync(Orders.Transfer());
            world.Told.Should().Contain(Orders.Id(1));
            if (told)
            {
                host.CancelRequested.SetResult(null);
                await new TaskCompletionSource().Task;
            }
        };

        await host.BookAsync(Orders.Transfer());

        world.Ledger.Booking(Orders.Id(1))!.Status.Should().Be(ReservationStatus.Cancelled);
        world.Charges[Orders.Id(1)].Status.Should().Be(PaymentStatus.Voided);
        world.ReceiveDeposit(Orders.Transfer()).Should().Be(PaymentStatus.Voided);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_cancellation_after_the_deposit_gives_the_money_back()
    {
        host.BeforeTimer = async () =>
        {
            Deposit();
            await host.CancelAsync(Orders.Transfer());
        };

        (await host.BookAsync(Orders.Transfer())).Status.Should().Be(ReservationStatus.Cancelled);
        world.Charges[Orders.Id(1)].Status.Should().Be(PaymentStatus.Refunded);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_cancellation_before_the_deposit_was_asked_for_wins()
    {
        host.Meanwhile[nameof(RequestDeposit)] = () => host.CancelAsync(Orders.Transfer());

        (await host.BookAsync(Orders.Transfer())).Status.Should().Be(ReservationStatus.Cancelled);
        world.BooksBalance();
    }

    private static readonly string[] steps =
    [
        nameof(HoldRooms), nameof(RequestDeposit), nameof(AwaitDeposit), nameof(CloseDeposit), nameof(SellRooms), nameof(RejectReservation),
        nameof(BeginCancellation), nameof(ReversePoints), nameof(CancelTicket), nameof(RefundPayment), nameof(FinishCancellation),
    ];

    private static readonly int[] hiccupAndOutage = [1, 7];
    private static readonly bool[] deposits = [true, false];

    public static IEnumerable<object[]> EveryFault =>
        from step in steps
        from when in Enum.GetNames<Fault>()
        from times in hiccupAndOutage
        from deposited in deposits
        select new object[] { step, when, times, deposited };

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Whatever_step_fails_before_or_after_its_effect_the_books_balance(string step, string when, int times, bool deposited)
    {
        host.Fail(step, Enum.Parse<Fault>(when), times);
        host.BeforeTimer = () =>
        {
            if (deposited)
                Deposit();
            return Task.CompletedTask;
        };

        var outcome = await host.BookAsync(Orders.Transfer());
        world.BooksBalance();
        if (world.Charges.GetValueOrDefault(Orders.Id(1))?.Moves.Any(move => move.Status is PaymentStatus.Paid) == true)
            outcome.Status.Should().Be(ReservationStatus.Paid, "a deposit that was taken is never lost");

        await host.CancelAsync(Orders.Transfer());
        world.BooksBalance();
        world.Ledger.Booking(Orders.Id(1))!.Status.Should().BeOneOf(ReservationStatus.Cancelled, ReservationStatus.Rejected);
        world.Ledger.Night(Orders.Arrival)?.Free(world.Clock.GetUtcNow()).Should().Be(SagaWorld.Capacity);
    }

    private void Deposit() => world.ReceiveDeposit(Orders.Transfer()).Should().Be(PaymentStatus.Paid);
}
