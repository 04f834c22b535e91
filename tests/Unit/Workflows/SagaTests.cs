using Resort.Contracts;
using Resort.Points.Domain;
using Resort.Workflows.Activities;

namespace Resort.Tests.Unit.Workflows;

public class SagaTests
{
    private readonly SagaWorld world = new();
    private readonly SagaHost host;

    public SagaTests() => host = new(world);

    [Fact]
    public async Task A_good_card_leads_to_a_paid_reservation()
    {
        (await host.BookAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Paid);

        host.Steps.Should().Equal(nameof(HoldRooms), nameof(ChargePayment), nameof(SellRooms));
        world.BooksBalance();
    }

    [Fact]
    public async Task A_sold_out_night_is_an_outcome_and_nothing_is_charged()
    {
        await host.BookAsync(Orders.Order(1));
        var outcome = await host.BookAsync(Orders.Order(2));

        outcome.Should().BeEquivalentTo(new { Status = ReservationStatus.Rejected, Reason = RejectionReason.SoldOut });
        world.Charges.Should().ContainSingle();
        world.BooksBalance();
    }

    [Fact]
    public async Task A_declined_card_gives_the_rooms_back_and_needs_no_refund()
    {
        (await host.BookAsync(Orders.Order(cardToken: "tok_declined"))).Reason.Should().Be(RejectionReason.PaymentDeclined);

        host.Steps.Should().NotContain(nameof(RefundPayment));
        world.BooksBalance();
    }

    [Fact]
    public async Task A_payment_that_cannot_be_reached_rejects_at_once_and_is_voided_afterwards()
    {
        (await host.BookAsync(Orders.Order(cardToken: "tok_unavailable"))).Reason.Should().Be(RejectionReason.PaymentUnavailable);

        host.Steps.Should().EndWith([nameof(RejectReservation), nameof(RefundPayment)]);
        world.Charges.Should().ContainSingle().Which.Value.Status.Should().Be(PaymentStatus.Voided);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_payment_that_the_circuit_breaker_keeps_away_is_not_tried_again_and_is_voided_afterwards()
    {
        (await host.BookAsync(Orders.Order(cardToken: "tok_breaker_open"))).Reason.Should().Be(RejectionReason.PaymentUnavailable);

        world.ChargeAttempts.Should().Be(1);
        host.Steps.Should().EndWith([nameof(RejectReservation), nameof(RefundPayment)]);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_charge_that_comes_after_its_void_finds_the_tombstone()
    {
        await host.BookAsync(Orders.Order(cardToken: "tok_unavailable"));

        (await world.ChargeAsync(Orders.Order()))!.PaymentStatus.Should().Be(PaymentStatus.Voided);
        world.BooksBalance();
    }

    [Fact]
    public async Task When_the_hold_runs_out_and_another_gets_the_room_the_money_goes_back()
    {
        host.Meanwhile[nameof(SellRooms)] = async () =>
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            await world.Bookings.HoldAsync(Orders.Order(2));
            await world.ChargeAsync(Orders.Order(2));
            await world.Bookings.SellAsync(Orders.Order(2));
        };

        (await host.BookAsync(Orders.Order(1))).Reason.Should().Be(RejectionReason.SoldOut);
        world.Ledger.Booking(Orders.Id(2))!.Status.Should().Be(ReservationStatus.Paid);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_paid_reservation_can_be_cancelled_points_before_ticket_before_money_before_rooms()
    {
        await host.BookAsync(Orders.Order());
        host.Steps.Clear();

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Cancelled);
        host.Steps.Should().Equal(
            nameof(BeginCancellation), nameof(ReversePoints), nameof(CancelTicket), nameof(RefundPayment), nameof(FinishCancellation));
        world.Charges[Orders.Id(1)].Status.Should().Be(PaymentStatus.Refunded);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_guest_who_is_checked_in_keeps_everything()
    {
        await host.BookAsync(Orders.Order());
        world.TicketStatus = IssueStatus.CheckedIn;

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Confirmed);
        world.Published.Should().Contain($"{Orders.Id(1)}:Refused:1");
        world.PointsBalance.Should().Be(24_000);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_cancellation_that_version_1_has_begun_can_be_refused()
    {
        await host.BookAsync(Orders.Order());
        world.TicketStatus = IssueStatus.CheckedIn;
        host.BegunByVersion1 = true;

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Confirmed);
        host.Steps.Should().NotContain(nameof(ReversePoints)).And.EndWith(nameof(RefuseCancellation));
        world.BooksBalance();
    }

    private static readonly string[] refusal =
        [nameof(BeginCancellation), nameof(ReversePoints), nameof(CancelTicket), nameof(RestorePoints), nameof(RefuseCancellation)];

    public static IEnumerable<object[]> EveryFaultOfARefusal => from step in refusal from when in Enum.GetNames<Fault>() select new object[] { step, when };

    [Theory]
    [MemberData(nameof(EveryFaultOfARefusal))]
    public async Task Whatever_step_fails_a_guest_who_is_checked_in_keeps_everything(string step, string when)
    {
        await host.BookAsync(Orders.Order());
        world.TicketStatus = IssueStatus.CheckedIn;
        host.Fail(step, Enum.Parse<Fault>(when), times: 7);

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Confirmed);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_cancellation_can_be_tried_again_after_one_that_was_refused()
    {
        await host.BookAsync(Orders.Order());
        world.TicketStatus = IssueStatus.CheckedIn;
        await host.CancelAsync(Orders.Order());

        (await host.CancelAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Confirmed);
        world.Points.Added.Select(added => added.Entry.Type)
            .Should().Equal(PointsType.Earned, PointsType.Reversed, PointsType.Restored, PointsType.Reversed, PointsType.Restored);
        world.BooksBalance();
    }

    [Fact]
    public async Task Points_that_were_not_earned_yet_when_they_were_reversed_never_count()
    {
        host.Meanwhile[nameof(ChargePayment)] = () => host.CancelAsync(Orders.Order());
        await host.BookAsync(Orders.Order());

        PointsDecisions.Earn(world.Points, Orders.Id(1), Orders.Stay().Phone, 240_000, "late", world.Clock.GetUtcNow());

        world.PointsBalance.Should().Be(0);
    }

    [Fact]
    public async Task A_cancellation_during_the_charge_takes_over_and_the_running_saga_ends()
    {
        host.Meanwhile[nameof(ChargePayment)] = async () =>
        {
            await host.CancelAsync(Orders.Order());
            world.Told.Should().Contain(Orders.Id(1));
            host.CancelRequested.SetResult(null);
            await new TaskCompletionSource().Task; // Payment answers nobody any more
        };

        (await host.BookAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Cancelling);
        world.Ledger.Booking(Orders.Id(1))!.Status.Should().Be(ReservationStatus.Cancelled);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_charge_that_was_under_way_during_the_cancellation_is_refused()
    {
        host.Meanwhile[nameof(ChargePayment)] = () => host.CancelAsync(Orders.Order());

        (await host.BookAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Cancelled);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_saga_that_was_not_told_finds_the_cancellation_when_it_wants_to_sell()
    {
        host.Meanwhile[nameof(SellRooms)] = () => host.CancelAsync(Orders.Order());

        (await host.BookAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Cancelled);
        world.BooksBalance();
    }

    [Fact]
    public async Task A_ticket_that_comes_before_the_sale_confirms_with_it()
    {
        host.Meanwhile[nameof(SellRooms)] = () => world.Bookings.ConfirmAsync(new()
        {
            ReservationId = Orders.Id(1),
            IssuedId = "i",
            TicketNumber = "T-1",
            Stay = Orders.Stay(),
            CorrelationId = "test",
        });

        (await host.BookAsync(Orders.Order())).Status.Should().Be(ReservationStatus.Confirmed);
        world.Published.Should().Contain([$"{Orders.Id(1)}:Paid", $"{Orders.Id(1)}:Confirmed"]);
        world.BooksBalance();
    }

    private static readonly string[] steps =
    [
        nameof(HoldRooms), nameof(ChargePayment), nameof(SellRooms), nameof(RejectReservation),
        nameof(BeginCancellation), nameof(ReversePoints), nameof(CancelTicket), nameof(RefundPayment), nameof(FinishCancellation),
    ];

    private static readonly string[] cards = ["tok_ok", "tok_declined", "tok_unavailable"];
    private static readonly int[] hiccupAndOutage = [1, 7]; // one that the retries outlast, one that outlasts the patience of a customer

    public static IEnumerable<object[]> EveryFault =>
        from step in steps from when in Enum.GetNames<Fault>() from times in hiccupAndOutage from card in cards select new object[] { step, when, times, card };

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Whatever_step_fails_before_or_after_its_effect_the_books_balance(string step, string when, int times, string card)
    {
        host.Fail(step, Enum.Parse<Fault>(when), times);

        await host.BookAsync(Orders.Order(cardToken: card));
        world.BooksBalance();

        await host.CancelAsync(Orders.Order());
        world.BooksBalance();
        world.Ledger.Booking(Orders.Id(1))!.Status.Should().BeOneOf(ReservationStatus.Cancelled, ReservationStatus.Rejected);
        world.Ledger.Night(Orders.Arrival)?.Free(world.Clock.GetUtcNow()).Should().Be(SagaWorld.Capacity);
    }
}
