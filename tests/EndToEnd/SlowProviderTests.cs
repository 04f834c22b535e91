using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
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
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60); // a breaker stays open for 5 s, and a slow provider can open it several times

    [Fact]
    public async Task The_breaker_opens_answers_turn_fast_and_it_closes_again_with_nothing_held_or_charged_wrongly()
    {
        await using var system = await ResortSystem.StartAsync(
            new Dictionary<string, string> { ["Provider__SlowAnswer"] = $"{slow}", ["Provider__SlowSpread"] = "00:00:00.22" }, without: ["points", "notification"]);
        using var customer = new Customer(system.Gateway);
        await Probe.UntilAsync("a first booking", () => BookAsync(customer, 0, "tok_ok"), IsPaid);

        var slowed = await LoadAsync("slow", 10 * Customers, i => BookAsync(customer, i, "tok_slow"));
        slowed.Should().OnlyContain(answer => IsPaid(answer) || IsRefusedForNow(answer));
        await Probe.UntilAsync("a booking, because a slow provider is still a provider", () => BookAsync(customer, 0, "tok_slow"), IsPaid, patience);

        var failed = await LoadAsync("failing", Threshold + (2 * Customers), i => BookAsync(customer, i, "tok_unavailable"));
        failed.Should().OnlyContain(answer => IsRefusedForNow(answer));
        await Probe.UntilAsync("the breaker to open", async () => (await BookAsync(customer, 0, "tok_unavailable"), State: await BreakerAsync(customer)), seen => seen.State == "open");

        var notBegun = await Probe.UntilAsync("an order that is refused before it begins", () => OrderAsync(customer, "tok_unavailable"), order => IsRefusedForNow(order.Answer) && !HasBegun(order.Answer));
        var refused = await LoadAsync("open", 400 * Customers, i => BookAsync(customer, i, "tok_unavailable")); // a probe that came to pass would close the breaker
        refused.Should().OnlyContain(answer => IsRefusedForNow(answer));

        await Probe.UntilAsync("a probe to close the breaker", () => BookAsync(customer, 0, "tok_ok"), IsPaid, patience);
        (await customer.BookAsync(Order("tok_ok"), notBegun.Key)).Status.Should().Be(HttpStatusCode.Created, "the key of an order that did not begin can be used");
        (await BreakerAsync(customer)).Should().Be("closed");
        (await new Books(system.Gateway, points: false).CheckAsync()).Should().BeEmpty();
    }

    private static bool IsPaid(Answer answer) => answer.Status is HttpStatusCode.Created;

    private static bool IsRefusedForNow(Answer answer) => answer.Status is HttpStatusCode.ServiceUnavailable && answer.Headers!.RetryAfter is not null;

    private static bool HasBegun(Answer answer) => answer.Json.TryGetProperty("reservationid", out _);

    private static async Task<((string, string) Key, Answer Answer)> OrderAsync(Customer customer, string cardToken)
    {
        var key = ("Idempotency-Key", $"{Guid.NewGuid()}");
        return (key, await customer.BookAsync(Order(cardToken), key));
    }

    private static JsonObject Order(string cardToken, int i = 0) => Customer.Order("jeju-ocean", InDays(100 + (i % 60)), cardToken: cardToken);

    private static Task<Answer> BookAsync(Customer customer, int i, string cardToken) => customer.BookAsync(Order(cardToken, i));

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
