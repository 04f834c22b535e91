using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.Points.Domain;

namespace Resort.Tests.Unit.Points;

public class PointsDecisionsTests
{
    private const string Phone = "010-1234-5678";
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private readonly PointsPage page = new(
        Enumerable.Range(1, 2).ToDictionary(Orders.Id, _ => new Entry<Award>(null, "")),
        new Dictionary<string, Entry<Account>> { [Account.Id(Phone)] = new(null, "") });

    [Fact]
    public void Ten_percent_of_the_cost_are_earned_once()
    {
        Earn(1, cost: 240_005).Worth.Should().Be(24_000);
        Earn(1, cost: 240_005);
        Ledger().Should().Equal("1 Earned 24000 24000");
    }

    [Fact]
    public void One_number_is_one_account_however_it_is_written()
    {
        Earn(1);
        PointsDecisions.Earn(page, Orders.Id(2), "010 12345678", 100_000, "test", now);
        page.Account(Phone).Should().Be(new Account(Phone, Balance: 34_000, Entries: 2));
    }

    [Fact]
    public void A_reversal_that_comes_again_reverses_once()
    {
        Earn(1);
        Reverse(1, attempt: 1);
        Reverse(1, attempt: 1).Worth.Should().Be(0);
        Ledger().Should().Equal("1 Earned 24000 24000", "1 Reversed -24000 0");
    }

    [Fact]
    public void A_reversal_before_the_payment_was_heard_of_makes_the_earning_net_to_zero()
    {
        Reverse(1, attempt: 1);
        Earn(1).Worth.Should().Be(0);
        Ledger().Should().Equal("1 Earned 24000 24000", "1 Reversed -24000 0");
    }

    [Fact]
    public void What_a_refused_cancellation_took_is_given_back_and_the_next_attempt_takes_it_again()
    {
        Earn(1);
        Reverse(1, attempt: 1);
        Restore(1, attempt: 1).Worth.Should().Be(24_000);
        Reverse(1, attempt: 2).Worth.Should().Be(0);
        Ledger().Should().Equal("1 Earned 24000 24000", "1 Reversed -24000 0", "1 Restored 24000 24000", "1 Reversed -24000 0");
    }

    [Fact]
    public void A_reversal_that_comes_after_its_own_undo_is_too_late()
    {
        Earn(1);
        Restore(1, attempt: 1);
        Reverse(1, attempt: 1).Worth.Should().Be(24_000);
        Ledger().Should().Equal("1 Earned 24000 24000");
    }

    [Fact]
    public void An_undo_that_comes_again_does_not_undo_the_next_attempt()
    {
        Earn(1);
        Reverse(1, attempt: 1);
        Restore(1, attempt: 1);
        Reverse(1, attempt: 2);
        Restore(1, attempt: 1).Worth.Should().Be(0);
    }

    [Fact]
    public void A_refund_without_a_cancellation_takes_the_points_for_good()
    {
        Earn(1);
        PointsDecisions.Refund(page, Orders.Id(1), "test", now);
        Restore(1, attempt: 1).Worth.Should().Be(0);
        Ledger().Should().Equal("1 Earned 24000 24000", "1 Reversed -24000 0");
    }

    [Fact]
    public void The_refund_of_a_cancellation_takes_nothing_more()
    {
        Earn(1);
        Reverse(1, attempt: 1);
        PointsDecisions.Refund(page, Orders.Id(1), "test", now);
        page.Account(Phone).Balance.Should().Be(0);
        Ledger().Should().HaveCount(2);
    }

    [Fact]
    public void An_entry_has_the_id_of_the_event_that_tells_of_it()
    {
        var stamp = new EventStamp(Orders.Id(1), Orders.Id(1), now, "test");
        Earn(1).Entries[^1].EventId.Should().Be(stamp.On(new PointsEarned { Phone = Phone, Delta = 1, Balance = 1 }).EventId);
        Reverse(1, attempt: 1).Entries[^1].EventId
            .Should().Be((stamp with { Attempt = 1 }).On(new PointsReversed { Phone = Phone, Delta = 1, Balance = 1 }).EventId);
    }

    private Award Earn(int n, long cost = 240_000) => PointsDecisions.Earn(page, Orders.Id(n), Phone, cost, "test", now);

    private Award Reverse(int n, int attempt) => PointsDecisions.Reverse(page, Orders.Id(n), attempt, "test", now);

    private Award Restore(int n, int attempt) => PointsDecisions.Restore(page, Orders.Id(n), attempt, "test", now);

    private IEnumerable<string> Ledger() => page.Added.Select(added =>
        $"{(added.Entry.ReservationId == Orders.Id(1) ? 1 : 2)} {added.Entry.Type} {added.Entry.Delta} {added.Entry.Balance}");
}
