using Resort.Defaults.Domain;

namespace Resort.Tests.Unit.Defaults;

public class DerivedIdTests
{
    private static readonly string reservation = Guid.CreateVersion7(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero)).ToString();

    [Fact]
    public void The_same_reservation_gives_the_same_ids() =>
        (DerivedId.Payment(reservation), DerivedId.Issue(reservation), DerivedId.TicketNumber(reservation))
            .Should().Be((DerivedId.Payment(reservation), DerivedId.Issue(reservation), DerivedId.TicketNumber(reservation)));

    [Fact]
    public void Payment_and_ticket_have_ids_of_their_own() =>
        new[] { reservation, DerivedId.Payment(reservation), DerivedId.Issue(reservation) }.Should().OnlyHaveUniqueItems();

    [Fact]
    public void A_derived_id_is_a_version_7_id_of_the_same_time()
    {
        var derived = Guid.Parse(DerivedId.Payment(reservation));

        derived.Version.Should().Be(7);
        derived.Variant.Should().BeInRange(8, 11);
        derived.ToString()[..13].Should().Be(reservation[..13]);
    }

    [Fact]
    public void A_ticket_number_can_be_read_aloud() =>
        DerivedId.TicketNumber(reservation).Should().MatchRegex("^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$");
}
