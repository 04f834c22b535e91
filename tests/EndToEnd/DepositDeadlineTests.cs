using System.Net;
using Resort.Tests.Harness;
using Xunit.Abstractions;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Deadlines of transfers that pass: unused, at the same moment as the deposit, and while everything is down.</summary>
[Collection(AloneCollection.Name)]
public sealed class DepositDeadlineTests(ITestOutputHelper output)
{
    private const string Resort = "jeju-ocean";
    private const int Racing = 30;
    private static readonly TimeSpan around = TimeSpan.FromMilliseconds(60);
    private static readonly Dictionary<string, string> shortDeadline = new() { ["Saga__DepositDeadline"] = "00:00:02" };

    [Fact]
    public async Task Without_a_deposit_the_rooms_are_free_again_and_a_deposit_is_refused_also_after_a_restart()
    {
        await using var system = await ResortSystem.StartAsync(shortDeadline);
        using var customer = new Customer(system.Gateway);
        var expired = (await customer.BookAsync(Customer.TransferOrder(Resort, InDays(20))))["reservationid"]!;
        await ExpiredAsync(customer, expired);
        (await customer.DepositAsync(expired)).Status.Should().Be(HttpStatusCode.Conflict);

        var asleep = (await customer.BookAsync(Customer.TransferOrder(Resort, InDays(20))))["reservationid"]!;
        await system.KillHostAsync();
        await system.RunAsync();
        await ExpiredAsync(customer, asleep);

        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_deposit_and_the_deadline_that_meet_have_one_winner()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"RESORT_SEED={seed}");
        var random = new Random(seed);
        var jitters = Enumerable.Range(0, Racing).Select(_ => around * (2 * random.NextDouble() - 1)).ToList();
        await using var system = await ResortSystem.StartAsync(shortDeadline);
        using var customer = new Customer(system.Gateway);

        var deposits = await Task.WhenAll(jitters.Select(async (jitter, n) =>
        {
            var booked = await Probe.UntilAsync("the transfer is awaited", () => customer.BookAsync(Customer.TransferOrder(Resort, InDays(30 + n))), answer => answer.Status == HttpStatusCode.Accepted);
            var moment = booked.Json.GetProperty("depositdeadline").GetDateTimeOffset() + jitter;
            await Probe.UntilAsync("the deadline", () => Task.FromResult(DateTimeOffset.UtcNow), now => now >= moment);
            // a Payment that is slow at that moment is 503, and who transfers asks again
            var deposit = await Probe.UntilAsync("the deposit is answered", () => customer.DepositAsync(booked["reservationid"]!), answer => answer.Status != HttpStatusCode.ServiceUnavailable);
            return (Id: booked["reservationid"]!, deposit.Status);
        }));

        output.WriteLine($"{deposits.Count(deposit => deposit.Status == HttpStatusCode.Accepted)} of {Racing} deposits came in time");
        foreach (var (id, status) in deposits)
        {
            status.Should().BeOneOf(HttpStatusCode.Accepted, HttpStatusCode.Conflict);
            await customer.ViewAsync(id, view => view.Text("reservationstatus") == (status is HttpStatusCode.Accepted ? "Confirmed" : "Rejected"));
        }
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty($"RESORT_SEED={seed}");
    }

    private static async Task ExpiredAsync(Customer customer, string id)
    {
        var view = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Rejected"
            && view.TryGetProperty("paymentstatus", out var payment) && payment.GetString() == "Voided");
        view.Text("reason").Should().Be("deposit_expired");
        var owner = await customer.GetAsync($"reservations/{id}");
        (owner["reservationstatus"], owner["reason"], owner.Link("deposit")).Should().Be(("Rejected", "deposit_expired", null));
    }
}
