using NSubstitute;
using Resort.Contracts;
using Resort.Reservation.Domain;
using Resort.Reservation.Sagas;
using Resort.Workflows;

namespace Resort.Tests.Unit.Reservation;

public class BookingProgressTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private readonly MemoryLedger ledger = new();
    private readonly ISagas sagas = Substitute.For<ISagas>();
    private readonly BookingProgress progress;

    public BookingProgressTests() => progress = new(sagas, ledger, new ManualClock());

    public static TheoryData<string, ReservationStatus[], ReservationStatus?> FirstAnswers => new()
    {
        { "nothing decided", [], null },
        { "held", [ReservationStatus.Held], null },
        { "paid", [ReservationStatus.Held, ReservationStatus.Paid], ReservationStatus.Paid },
        { "confirmed since", [ReservationStatus.Held, ReservationStatus.Paid, ReservationStatus.Confirmed], ReservationStatus.Paid },
        { "paid, cancelled since", [ReservationStatus.Held, ReservationStatus.Paid, ReservationStatus.Cancelling, ReservationStatus.Cancelled], ReservationStatus.Paid },
        { "cancelled before it was paid", [ReservationStatus.Held, ReservationStatus.Cancelling], ReservationStatus.Cancelling },
        { "rejected", [ReservationStatus.Rejected], ReservationStatus.Rejected },
        { "awaits its deposit", [ReservationStatus.Held, ReservationStatus.AwaitingDeposit], ReservationStatus.AwaitingDeposit },
        { "deposited since", [ReservationStatus.Held, ReservationStatus.AwaitingDeposit, ReservationStatus.Paid], ReservationStatus.AwaitingDeposit },
        { "expired since", [ReservationStatus.Held, ReservationStatus.AwaitingDeposit, ReservationStatus.Rejected], ReservationStatus.AwaitingDeposit },
    };

    [Theory]
    [MemberData(nameof(FirstAnswers))]
    public void The_first_answer_stays_whatever_becomes_of_the_reservation(string story, ReservationStatus[] moves, ReservationStatus? told) =>
        (BookingProgress.FirstAnswer(Moved(moves))?.Status).Should().Be(told, because: story);

    [Fact]
    public void Of_a_reservation_that_is_not_there_nothing_can_be_told() => BookingProgress.FirstAnswer(null).Should().BeNull();

    [Fact]
    public async Task An_order_whose_saga_was_never_started_is_started_when_it_comes_again()
    {
        (await progress.ResumeAsync(Orders.Order(), CancellationToken.None)).Should().BeNull();

        await sagas.Received(1).StartBookingAsync(Arg.Any<BookingOrder>(), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(ReservationStatus.Held)]
    [InlineData(ReservationStatus.Rejected)]
    public async Task An_order_whose_saga_has_begun_is_not_started_again(ReservationStatus status)
    {
        ledger.Put(Moved(status));

        await progress.ResumeAsync(Orders.Order(), CancellationToken.None);

        await sagas.DidNotReceive().StartBookingAsync(Arg.Any<BookingOrder>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_transfer_is_answered_as_soon_as_its_deposit_is_awaited()
    {
        var reads = 0;
        ledger.BeforeRead = () =>
        {
            if (++reads == 3)
                ledger.Put(Moved(ReservationStatus.Held, ReservationStatus.AwaitingDeposit) with { DepositDeadline = now });
            return Task.CompletedTask;
        };

        (await progress.WaitAsync(Orders.Transfer(), CancellationToken.None))
            .Should().Be(new BookingOutcome(ReservationStatus.AwaitingDeposit, DepositDeadline: now));
    }

    [Theory]
    [InlineData(PaymentType.Card)]
    [InlineData(PaymentType.Transfer)]
    public async Task When_patience_ends_nothing_is_known_yet(PaymentType type)
    {
        sagas.EndOfBookingAsync(Orders.Id(1), Arg.Any<CancellationToken>()).Returns(call => Task.FromCanceled<BookingOutcome>(call.Arg<CancellationToken>()));

        (await progress.WaitAsync(Orders.Order() with { PaymentType = type }, new CancellationToken(canceled: true))).Should().BeNull();
    }

    private static Booking Moved(params ReservationStatus[] moves) => moves.Aggregate(
        Orders.Requested(), (booking, status) => status is ReservationStatus.Rejected ? booking.Reject(RejectionReason.SoldOut, now) : booking.To(status, now));
}
