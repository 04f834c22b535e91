using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Resort.Tests.Harness;
using Xunit.Abstractions;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>A payment provider that becomes slow, then fails, then is well again, while customers book.</summary>
[Collection(AloneCollection.Name)]
public sealed class SlowProviderTests(ITestOutputHelper output)
{
    private const int Threshold = 6; // of consecutive failures, in components/shared/resiliency.yaml
    private const int Customers = 8;
    private static readonly TimeSpan slow = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task The_breaker_opens_answers_turn_fast_and_it_closes_again_with_nothing_held_or_charged_wrongly()
    {
        await using var system = await ResortSystem.StartAsync(
            new Dictionary<string, string> { ["Provider__SlowAnswer"] = $"{slow}", ["Provider__SlowSpread"] = "00:00:00.22" }, without: ["points", "notification"]);
        using var customer = new Customer(system.Gateway);
        await Probe.UntilAsync("a first booking", () => BookAsync(customer, 0, "tok_ok"), IsPaid);

        var slowed = await LoadAsync("slow", 10 * Customers, i => BookAsync(customer, i, "tok_slow"));
        slowed.Count(IsPaid).Should().BeGreaterThan(slowed.Count / 2, "a slow provider is still a provider");

        await Probe.UntilAsync("the breaker to be closed", () => BreakerAsync(customer), state => state == "closed");
        var failed = await LoadAsync("failing", Threshold + (2 * Customers), i => BookAsync(customer, i, "tok_unavailable"));
        failed.Should().OnlyContain(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        (await BreakerAsync(customer)).Should().Be("open");

        var kept = await LoadAsync("open", 20 * Customers, i => BookAsync(customer, i, "tok_ok"));
        kept.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.Headers!.RetryAfter is not null).Should().BeGreaterThan(10 * Customers);

        await Probe.UntilAsync("a probe to close the breaker", () => BookAsync(customer, 0, "tok_ok"), IsPaid);
        (await BreakerAsync(customer)).Should().Be("closed");
        (await new Books(system.Gateway, points: false).CheckAsync()).Should().BeEmpty();
    }

    private static bool IsPaid(Answer answer) => answer.Status is HttpStatusCode.Created;

    private static Task<Answer> BookAsync(Customer customer, int i, string cardToken) => customer.BookAsync(Customer.Order("jeju-ocean", InDays(100 + (i % 60)), cardToken: cardToken));

    private static async Task<string?> BreakerAsync(Customer customer) =>
        OperationsTests.Of(await customer.GetAsync("operations"), "reservation").GetProperty("breakers").EnumerateArray().Single().Text("state");

    /// <summary>What so many bookings were answered; how long that took is told, not judged.</summary>
    private async Task<IReadOnlyList<Answer>> LoadAsync(string what, int bookings, Func<int, Task<Answer>> book)
    {
        var answers = new ConcurrentQueue<(Answer Answer, double Milliseconds)>();
        await Parallel.ForAsync(0, bookings, new ParallelOptions { MaxDegreeOfParallelism = Customers }, async (i, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await book(i);
            answers.Enqueue((answer, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        });
        foreach (var group in answers.GroupBy(answer => (int)answer.Answer.Status).OrderBy(group => group.Key))
        {
            var times = group.Select(answer => answer.Milliseconds).Order().ToList();
            output.WriteLine($"{what}: {group.Key} x {times.Count}, p50 {times[times.Count / 2]:0} ms, p99 {times[times.Count * 99 / 100]:0} ms");
        }
        return [.. answers.Select(answer => answer.Answer)];
    }
}
