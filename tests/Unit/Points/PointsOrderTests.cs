using System.Globalization;
using Resort.Defaults.Domain;
using Resort.Points.Domain;

namespace Resort.Tests.Unit.Points;

/// <summary>Everything that is heard of several reservations of two guests, in any order and any number of times.</summary>
public class PointsOrderTests
{
    private const int Reservations = 5;
    private static readonly string[] phones = ["010-1111-1111", "010-2222-2222"];
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_comes_in_whatever_order_the_balance_is_the_sum_of_the_ledger_and_nothing_is_earned_twice()
    {
        var seed = Seed();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var stories = Enumerable.Range(1, Reservations).Select(n => Story.Random(n, random)).ToList();
            var page = new PointsPage(
                stories.ToDictionary(story => Orders.Id(story.N), _ => new Entry<Award>(null, "")),
                phones.ToDictionary(Account.Id, _ => new Entry<Account>(null, "")));
            var events = stories.SelectMany(story => story.Events()).SelectMany(e => Enumerable.Repeat(e, random.Next(1, 4))).ToArray();
            random.Shuffle(events);

            foreach (var decide in events)
                decide(page);

            foreach (var story in stories)
                page.Award(Orders.Id(story.N)).Worth.Should().Be(story.Worth, $"{story} RESORT_SEED={seed}, round {round}");
            foreach (var phone in phones)
                Check(page, phone, stories.Where(story => story.Phone == phone).Sum(story => story.Worth), $"RESORT_SEED={seed}, round {round}");
        }
    }

    private static void Check(PointsPage page, string phone, long worth, string because)
    {
        var ledger = page.Added.Where(added => added.AccountId == Account.Id(phone)).Select(added => added.Entry).ToList();
        page.Account(phone).Should().BeEquivalentTo(new { Balance = worth, Entries = ledger.Count }, because);
        ledger.Select(entry => entry.Number).Should().Equal(Enumerable.Range(0, ledger.Count), because);
        ledger.Select(entry => entry.EventId).Should().OnlyHaveUniqueItems(because);
        var balance = 0L;
        foreach (var entry in ledger)
            entry.Balance.Should().Be(balance += entry.Delta, because).And.BeGreaterThanOrEqualTo(0, because);
    }

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    /// <summary>A reservation that is paid or not, whose cancellation was tried some times and refused but perhaps at the last, and perhaps refunded.</summary>
    private sealed record Story(int N, bool Paid, int Cancellations, bool LastIsRefused, bool Refunded)
    {
        public string Phone => phones[N % 2];

        private long Cost => 100_000 * N;

        public long Worth => Paid && !Refunded && (Cancellations == 0 || LastIsRefused) ? Cost / 10 : 0;

        public static Story Random(int n, Random random) => new(n, random.Next(5) > 0, random.Next(4), random.Next(2) == 0, random.Next(4) == 0);

        public IEnumerable<Action<PointsPage>> Events()
        {
            var id = Orders.Id(N);
            if (Paid)
                yield return page => PointsDecisions.Earn(page, id, Phone, Cost, "test", now);
            if (Refunded)
                yield return page => PointsDecisions.Refund(page, id, "test", now);
            for (var n = 1; n <= Cancellations; n++)
            {
                var attempt = n;
                yield return page => PointsDecisions.Reverse(page, id, attempt, "test", now);
                if (attempt < Cancellations || LastIsRefused)
                    yield return page => PointsDecisions.Restore(page, id, attempt, "test", now);
            }
        }
    }
}
