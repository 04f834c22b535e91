using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What was begun before everything was killed goes on afterwards.</summary>
public sealed class BookingRestartTests
{
    private const string Resort = "jeju-ocean";

    [Fact]
    public async Task An_awaited_deposit_and_an_idempotency_key_outlive_a_kill()
    {
        await using var system = await ResortSystem.StartAsync();
        using var customer = new Customer(system.Gateway);
        var (order, key) = (Customer.Order(Resort, InDays(10)), ("Idempotency-Key", "k-1"));
        var (paid, transfer) = (await customer.BookAsync(order, key), await customer.BookAsync(Customer.TransferOrder(Resort, InDays(11))));

        await system.KillHostAsync();
        await system.RunAsync();

        var again = await customer.BookAsync(order, key);
        (again.Status, again.Location, again.Body).Should().Be((paid.Status, paid.Location, paid.Body));
        (await customer.GetAsync(transfer.Location!))["reservationstatus"].Should().Be("AwaitingDeposit");
        await Probe.UntilAsync("the deposit is taken", () => customer.DepositAsync(transfer["reservationid"]!), deposit => deposit.Status == HttpStatusCode.Accepted); // 503 while Payment, just started, is slow
        var view = await customer.ViewAsync(transfer["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed");
        view.Text("ticketnumber").Should().NotBeNullOrEmpty();
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_key_that_was_written_before_a_crash_gets_its_saga_when_the_order_comes_again()
    {
        await using var system = await ResortSystem.StartAsync();
        using var customer = new Customer(system.Gateway);
        using var store = new HttpClient();
        var order = Customer.Order(Resort, InDays(12));
        await customer.BookAsync(order, ("Idempotency-Key", "finished"));

        // what a crash right after the first write leaves behind
        using var written = await store.GetAsync(Address(system, Record("finished")));
        written.Headers.GetValues("metadata.ttlExpireTime").Should().ContainSingle();
        var record = JsonNode.Parse(await written.Content.ReadAsStringAsync())!;
        var id = Guid.CreateVersion7().ToString();
        record["begun"]!["reservationid"] = id;
        await store.PostAsJsonAsync(Address(system), new[] { new { key = Record("begun"), value = record } });

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => customer.BookAsync(order, ("Idempotency-Key", "begun"))));

        answers.Should().OnlyContain(answer => answer.Status == HttpStatusCode.Created && answer.Location == $"/reservations/{id}");
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }

    private static Uri Address(ResortSystem system, string key = "") =>
        new($"http://127.0.0.1:{system.Apps["reservation"].SidecarHttp}/v1.0/state/reservation-store/{key}");

    private static string Record(string key) => $"idempotency:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))}";
}
