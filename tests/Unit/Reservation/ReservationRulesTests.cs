using Resort.Reservation.Catalogue;
using Resort.Reservation.Features;

namespace Resort.Tests.Unit.Reservation;

public class ReservationRulesTests
{
    private static readonly ResortEntry seorak = new("seorak-ridge", "Gangwon", "Seorak Ridge", 120_000, 4, 50);
    private static readonly ReservationRequest valid = new()
    {
        Resort = "seorak-ridge",
        Date = new DateOnly(2026, 12, 24),
        Nights = 2,
        Rooms = 1,
        Persons = 2,
        Name = "Kim Minji",
        Phone = "010-1234-5678",
        PaymentType = "card",
    };

    private readonly ReservationRules rules = new(new ManualClock(new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero))); // in Korea it is the 22nd

    public static TheoryData<string, string, ReservationRequest> Wrong => new()
    {
        { "no resort", "resort", valid with { Resort = null } },
        { "unknown resort", "resort", valid with { Resort = "atlantis" } },
        { "other region", "region", valid with { Region = "Jeju" } },
        { "no date", "date", valid with { Date = null } },
        { "past date", "date", valid with { Date = new DateOnly(2026, 11, 21) } },
        { "far date", "date", valid with { Date = DateOnly.MaxValue } },
        { "no nights", "nights", valid with { Nights = 0 } },
        { "huge nights", "nights", valid with { Nights = int.MaxValue } },
        { "rooms missing", "rooms", valid with { Rooms = null } },
        { "negative rooms", "rooms", valid with { Rooms = -1 } },
        { "huge rooms", "rooms", valid with { Rooms = int.MaxValue } },
        { "persons missing", "persons", valid with { Persons = null } },
        { "nobody", "persons", valid with { Persons = 0 } },
        { "too many persons", "persons", valid with { Persons = 5 } },
        { "no name", "name", valid with { Name = "" } },
        { "blank name", "name", valid with { Name = "  " } },
        { "long name", "name", valid with { Name = new string('x', 101) } },
        { "control characters", "name", valid with { Name = "a\0b" } },
        { "no phone", "phone", valid with { Phone = null } },
        { "no phone number", "phone", valid with { Phone = "call me" } },
        { "no e-mail address", "email", valid with { Email = "nobody" } },
        { "long needs", "needs", valid with { Needs = new string('x', 1001) } },
        { "control characters", "needs", valid with { Needs = "a\u0007b" } },
        { "no payment type", "paymenttype", valid with { PaymentType = null } },
        { "unknown payment type", "paymenttype", valid with { PaymentType = "shells" } },
        { "no card token", "cardtoken", valid with { CardToken = "4111 1111" } },
        { "wrong cost", "cost", valid with { Cost = 1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_by_its_field(string what, string field, ReservationRequest request) =>
        Check(request).Keys.Should().BeEquivalentTo([field], because: what);

    [Fact]
    public void A_valid_request_passes() => Check(valid).Should().BeEmpty();

    [Fact]
    public void Today_is_the_day_it_is_in_Korea() => Check(valid with { Date = new DateOnly(2026, 11, 22) }).Should().BeEmpty();

    [Fact]
    public void All_wrong_fields_are_named_at_once() =>
        Check(new ReservationRequest()).Keys.Should().BeEquivalentTo("resort", "date", "rooms", "persons", "name", "phone", "paymenttype");

    [Theory]
    [InlineData(1, null, 120_000)]
    [InlineData(1, 2, 240_000)]
    [InlineData(3, 4, 1_440_000)]
    public void The_price_is_rate_times_rooms_times_nights(int rooms, int? nights, long cost)
    {
        Check(valid with { Rooms = rooms, Nights = nights, Cost = cost }).Should().BeEmpty();
        Check(valid with { Rooms = rooms, Nights = nights, Cost = cost + 1 })["cost"].Should().ContainMatch($"*{cost}*");
    }

    private Dictionary<string, string[]> Check(ReservationRequest request) => rules.Check(request, request.Resort == seorak.Id ? seorak : null);
}
