using Resort.Reservation.Neighbours;

namespace Resort.Tests.Unit.Reservation;

public sealed class PaymentOutageTests
{
    private readonly ManualClock clock = new();
    private readonly PaymentOutage outage;

    public PaymentOutageTests() => outage = new(clock);

    [Fact]
    public void Bookings_begin_as_long_as_Payment_answers() => Enumerable.Range(0, 3).Should().OnlyContain(_ => outage.TryBegin());

    [Fact]
    public void While_Payment_is_not_asked_one_booking_a_second_begins()
    {
        outage.Began();
        outage.TryBegin().Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.9));
        outage.TryBegin().Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Enumerable.Range(0, 3).Select(_ => outage.TryBegin()).Should().Equal(true, false, false);
        clock.Advance(TimeSpan.FromSeconds(1));
        outage.TryBegin().Should().BeTrue("the one before may never have come to its charge");
    }

    [Fact]
    public void All_begin_again_when_Payment_has_answered()
    {
        outage.Began();
        outage.Ended();
        Enumerable.Range(0, 3).Should().OnlyContain(_ => outage.TryBegin());
    }
}
