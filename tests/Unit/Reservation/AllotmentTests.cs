using Resort.Reservation.Domain;

namespace Resort.Tests.Unit.Reservation;

public class AllotmentTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset later = now.AddMinutes(10);

    [Fact]
    public void Held_and_sold_rooms_are_not_free()
    {
        var allotment = Allotment.Open(10).Hold("a", 3, later, now)!.Hold("b", 2, later, now)!.Sell("a", 3, now)!;

        allotment.Free(now).Should().Be(5);
        allotment.Sold.Should().Be(3);
        allotment.Holds.Should().ContainSingle().Which.ReservationId.Should().Be("b");
    }

    [Fact]
    public void The_last_room_can_be_held_once()
    {
        var full = Allotment.Open(1).Hold("a", 1, later, now)!;

        full.Hold("b", 1, later, now).Should().BeNull();
    }

    [Fact]
    public void An_expired_hold_is_free_and_is_dropped_when_the_night_is_written()
    {
        var full = Allotment.Open(1).Hold("a", 1, later, now)!;

        full.Free(later).Should().Be(1);
        full.Hold("b", 1, later.AddMinutes(10), later)!.Holds.Should().ContainSingle().Which.ReservationId.Should().Be("b");
    }

    [Fact]
    public void An_expired_hold_can_still_be_sold_while_its_rooms_are_free() =>
        Allotment.Open(1).Hold("a", 1, later, now)!.Sell("a", 1, later.AddHours(1))!.Sold.Should().Be(1);

    [Fact]
    public void An_expired_hold_whose_rooms_are_gone_cannot_be_sold()
    {
        var taken = Allotment.Open(1).Hold("a", 1, later, now)!.Hold("b", 1, later.AddHours(1), later)!;

        taken.Sell("a", 1, later).Should().BeNull();
    }

    [Fact]
    public void Releasing_without_a_hold_changes_nothing() =>
        Allotment.Open(3).Hold("a", 1, later, now)!.Release("b", now).Free(now).Should().Be(2);

    [Fact]
    public void Sold_rooms_can_be_taken_back() => Allotment.Open(3).Sell("a", 2, now)!.TakeBack(2).Free(now).Should().Be(3);

    [Fact]
    public void A_capacity_is_never_below_what_is_held_and_sold()
    {
        var allotment = Allotment.Open(10).Hold("a", 3, later, now)!.Hold("b", 2, later, now)!.Sell("a", 3, now)!;

        allotment.Resize(4, now).Should().BeNull();
        allotment.Resize(5, now)!.Free(now).Should().Be(0);
        allotment.Resize(3, later)!.Free(later).Should().Be(0); // the hold is over
        allotment.Resize(20, now)!.Resize(12, now).Should().BeEquivalentTo(new { Capacity = 12, Sold = 3, Changes = 2 });
    }
}
