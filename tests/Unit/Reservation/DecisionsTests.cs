using Resort.Contracts;
using Resort.Defaults.Domain;
using Resort.Reservation.Domain;

namespace Resort.Tests.Unit.Reservation;

public class DecisionsTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private readonly LedgerPage page = new(
        Enumerable.Range(1, 3).ToDictionary(Orders.Id, _ => new Entry<Booking>(null, "")),
        Night.Of(Orders.Stay()).ToDictionary(night => night, _ => new Entry<Allotment>(null, "")));

    [Fact]
    public void A_hold_takes_every_night_or_none()
    {
        Hold(1, rooms: 2, capacity: 2);
        page.Put(Night.Of(Orders.Stay())[1], Allotment.Open(2)); // the second night is free again

        Hold(2, rooms: 1, capacity: 2).Reason.Should().Be(RejectionReason.SoldOut);
        Free().Should().Equal(0, 2);
    }

    [Fact]
    public void A_hold_that_comes_again_holds_once()
    {
        Hold(1);
        Hold(1).Status.Should().Be(ReservationStatus.Held);
        Free().Should().Equal(9, 9);
    }

    [Fact]
    public void A_sale_that_comes_again_sells_once()
    {
        Hold(1);
        Sell(1);
        Sell(1)!.Status.Should().Be(ReservationStatus.Paid);
        Free().Should().Equal(9, 9);
    }

    [Fact]
    public void A_sale_after_the_hold_ran_out_and_the_rooms_went_is_rejected()
    {
        Hold(1, capacity: 1);
        Decisions.Hold(page, Orders.Requested(2), 1, now.AddHours(2), now.AddHours(1));

        var booking = Decisions.Sell(page, Orders.Id(1), now.AddHours(1));

        booking.Should().BeEquivalentTo(new { Status = ReservationStatus.Rejected, Reason = RejectionReason.SoldOut, RoomsSold = false });
    }

    [Fact]
    public void A_ticket_after_the_sale_confirms()
    {
        Hold(1);
        Sell(1);
        Confirm(1)!.Status.Should().Be(ReservationStatus.Confirmed);
        Confirm(1)!.Moves.Should().HaveCount(3);
    }

    [Fact]
    public void A_ticket_before_the_sale_is_remembered_and_the_sale_confirms()
    {
        Hold(1);
        Confirm(1)!.Status.Should().Be(ReservationStatus.Held);
        Sell(1).Should().BeEquivalentTo(new { Status = ReservationStatus.Confirmed, IssuedId = "issued-1", TicketNumber = "number-1" });
    }

    [Fact]
    public void A_ticket_for_a_reservation_that_is_over_changes_nothing()
    {
        Reject(1);
        Confirm(1)!.Status.Should().Be(ReservationStatus.Rejected);
        Confirm(2).Should().BeNull();
    }

    [Fact]
    public void A_rejection_gives_the_held_rooms_back_and_accepts_that_there_were_none()
    {
        Hold(1);
        Reject(1).Reason.Should().Be(RejectionReason.PaymentDeclined);
        Reject(2).Status.Should().Be(ReservationStatus.Rejected);
        Free().Should().Equal(10, 10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancellation_gives_held_or_sold_rooms_back_once(bool sold)
    {
        Hold(1);
        if (sold)
            Sell(1);
        Cancel(1)!.Status.Should().Be(ReservationStatus.Cancelling);
        Sell(1)!.Status.Should().Be(ReservationStatus.Cancelling);
        Finish(1)!.Status.Should().Be(ReservationStatus.Cancelled);
        Finish(1)!.Status.Should().Be(ReservationStatus.Cancelled);
        Free().Should().Equal(10, 10);
    }

    [Fact]
    public void A_refused_cancellation_leaves_everything_as_it_was_and_may_be_tried_again()
    {
        Hold(1);
        Sell(1);
        Cancel(1);
        Refuse(1, attempt: 1)!.Status.Should().Be(ReservationStatus.Confirmed);
        Free().Should().Equal(9, 9);
        Cancel(1)!.CancellationAttempts.Should().Be(2);
    }

    [Fact]
    public void A_refusal_that_comes_again_does_not_end_the_next_attempt()
    {
        Hold(1);
        Sell(1);
        Cancel(1);
        Refuse(1, attempt: 1);
        Cancel(1);
        Refuse(1, attempt: 1)!.Status.Should().Be(ReservationStatus.Cancelling);
    }

    [Fact]
    public void A_refused_reservation_has_its_ticket_also_when_it_was_not_heard_of()
    {
        Hold(1);
        Sell(1);
        Cancel(1);
        var refused = Refuse(1, attempt: 1)!;
        (refused.IssuedId, refused.TicketNumber).Should().Be((DerivedId.Issue(Orders.Id(1)), DerivedId.TicketNumber(Orders.Id(1))));
    }

    [Fact]
    public void A_guest_who_is_checked_in_cannot_cancel()
    {
        Hold(1);
        Sell(1);
        Confirm(1);
        CheckIn(1)!.Status.Should().Be(ReservationStatus.CheckedIn);
        CheckIn(1)!.Moves.Should().HaveCount(4);
        Cancel(1)!.Status.Should().Be(ReservationStatus.CheckedIn);
        Free().Should().Equal(9, 9);
    }

    [Fact]
    public void A_check_in_that_is_heard_of_first_confirms_as_well()
    {
        Hold(1);
        CheckIn(1)!.Status.Should().Be(ReservationStatus.Held);
        Sell(1)!.Moves.Select(move => move.Status).Should().Equal(
            ReservationStatus.Held, ReservationStatus.Paid, ReservationStatus.Confirmed, ReservationStatus.CheckedIn);
        Confirm(1)!.Status.Should().Be(ReservationStatus.CheckedIn);
        CheckIn(2).Should().BeNull();
    }

    [Fact]
    public void A_check_in_after_the_sale_and_before_the_ticket_was_heard_of_confirms_as_well()
    {
        Hold(1);
        Sell(1);
        CheckIn(1).Should().BeEquivalentTo(new { Status = ReservationStatus.CheckedIn, IssuedId = "issued-1", TicketNumber = "number-1" });
    }

    [Fact]
    public void A_check_in_during_a_cancellation_shows_when_it_is_refused()
    {
        Hold(1);
        Sell(1);
        Confirm(1);
        Cancel(1);
        CheckIn(1)!.Status.Should().Be(ReservationStatus.Cancelling);
        Refuse(1, attempt: 1)!.Status.Should().Be(ReservationStatus.CheckedIn);
    }

    [Fact]
    public void What_is_over_cannot_be_cancelled()
    {
        Reject(1);
        Cancel(1)!.Status.Should().Be(ReservationStatus.Rejected);
        Cancel(2).Should().BeNull();
    }

    [Fact]
    public void Contact_and_needs_change_as_long_as_a_reservation_may_be_cancelled_and_each_change_counts_once()
    {
        var quiet = Change(Hold(1), "quiet");
        quiet.Stay.Should().Match<Stay>(stay => stay.Needs == "quiet" && stay.Revision == 1);
        Change(quiet, "quiet").Should().BeSameAs(quiet);
        Change(quiet, null).Stay.Should().Match<Stay>(stay => stay.Needs == null && stay.Revision == 2);
        Change(Cancel(1)!, "late").Stay.Needs.Should().BeNull();
    }

    private static Booking Change(Booking booking, string? needs) => booking.Change(booking.Stay with { Needs = needs });

    private Booking Hold(int n, int rooms = 1, int capacity = 10) => Decisions.Hold(page, Orders.Requested(n, rooms), capacity, now.AddMinutes(10), now);

    private Booking? Sell(int n) => Decisions.Sell(page, Orders.Id(n), now);

    private Booking? Confirm(int n) => Decisions.Confirm(page, Orders.Id(n), $"issued-{n}", $"number-{n}", now);

    private Booking Reject(int n) => Decisions.Reject(page, Orders.Requested(n), RejectionReason.PaymentDeclined, now);

    private Booking? Cancel(int n) => Decisions.BeginCancellation(page, Orders.Id(n), now);

    private Booking? CheckIn(int n) => Decisions.CheckIn(page, Orders.Id(n), $"issued-{n}", $"number-{n}", now);

    private Booking? Refuse(int n, int attempt) => Decisions.RefuseCancellation(page, Orders.Id(n), attempt, now);

    private Booking? Finish(int n) => Decisions.FinishCancellation(page, Orders.Id(n), now);

    private IEnumerable<int> Free() => Night.Of(Orders.Stay()).Select(night => page.Night(night, 10).Free(now));
}
