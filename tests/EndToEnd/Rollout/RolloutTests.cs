using System.Text.RegularExpressions;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd.Rollout;

/// <summary>A new version while customers book: of each service two replicas run, which are replaced one after the other, and nobody notices.</summary>
public sealed partial class RolloutTests(ITestOutputHelper output)
{
    private const int Bookers = 3;
    private const int Readers = 3;

    [ServerFact(PostgresServer.Program, Siege.Program)]
    public async Task Replacing_every_process_costs_no_request_as_long_as_readiness_is_asked_for()
    {
        await using var database = await PostgresServer.RunAsync();
        using var patient = new PatientCalls();
        string[] all = ["payment", "issue", "view", "points", "reservation", "gateway", .. ResortSystem.HasNode ? ["notification"] : Array.Empty<string>()];
        await using var system = await ResortSystem.StartAsync(
            new Dictionary<string, string> { ["ConnectionStrings__View"] = database.NpgsqlString.Replace(";Pooling=false", "", StringComparison.Ordinal) }, shared: patient.Folder, twice: all, illAfter: 30);
        var reads = await ReadsAsync(system);
        var before = await ProcessesAsync(system);

        var (reading, booking) = await ReplaceAllAsync(system, reads, asksForReadiness: true);

        foreach (var report in new[] { reading, booking })
        {
            (report.Availability, report.FailedTransactions).Should().Be((100.00, 0));
            report.SuccessfulTransactions.Should().BePositive().And.Be(report.Transactions, "what is refused with 4xx is available in siege's eyes, not in a customer's");
        }
        (await ProcessesAsync(system)).Should().HaveCount(2 * all.Length).And.NotIntersectWith(before);
        (await new Books(system.Gateway).CheckAsync(quietWithin: TimeSpan.FromSeconds(60))).Should().BeEmpty();
        // the one of the reads, and at the end each booker was stopped within a booking
        (await BookedAsync(system) - 1 - booking.Transactions).Should().BeInRange(0, Bookers, "what was confirmed is there");

        (reading, booking) = await ReplaceAllAsync(system, reads, asksForReadiness: false);
        (reading.FailedTransactions + booking.FailedTransactions).Should().BePositive("who does not ask is sent to gateways that are not there");
    }

    private async Task<(SiegeReport Reading, SiegeReport Booking)> ReplaceAllAsync(ResortSystem system, IEnumerable<string> reads, bool asksForReadiness)
    {
        var replaced = Replaced(system);
        await using var service = new GatewayService(system, asksForReadiness);
        using var readers = new Siege(Readers, reads.Select(path => $"{service.Address}{path}"));
        using var bookers = new Siege(Bookers, Enumerable.Range(30, 150).Select(day => $"{service.Address}reservations POST {Customer.Order("jeju-ocean", InDays(day)).ToJsonString()}"));
        await Probe.UntilAsync("the load runs", () => Task.FromResult(service.Connections), connections => connections > 50, TimeSpan.FromSeconds(60));
        await ResortSystem.SignalAsync("USR1", system.HostId);
        await Probe.UntilAsync("all apps are replaced", () => Task.FromResult(Replaced(system)), now => now > replaced, TimeSpan.FromSeconds(180));
        var (reading, booking) = (await readers.StopAsync(), await bookers.StopAsync());
        output.WriteLine($"{(asksForReadiness ? "with" : "without")} readiness\nreads:    {reading}\nbookings: {booking}");
        foreach (var failure in service.Failures.Take(10)) output.WriteLine(failure);
        if (reading.FailedTransactions + booking.FailedTransactions > 0) foreach (var line in system.Log.Split('\n').Where(line => Telling().IsMatch(line)).TakeLast(30)) output.WriteLine(line);
        return (reading, booking);
    }

    /// <summary>What can be read of a booking and of its night, from each service.</summary>
    private static async Task<IReadOnlyList<string>> ReadsAsync(ResortSystem system)
    {
        using var customer = new Customer(system.Gateway);
        var id = (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(29))))["reservationid"]!;
        var view = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed" && view.Text("pointsstatus") == "Earned");
        return
        [
            $"reservations/{id}", $"resorts/jeju-ocean/availability?date={InDays(29):yyyy-MM-dd}&nights=1", $"payments/{view.Text("paymentid")}", $"issueds/{view.Text("issuedid")}", $"views/{id}", "views?size=1",
            $"points/search/findByPhoneNumber?phoneNumber={view.Text("phone")}", .. ResortSystem.HasNode ? [$"notifications?reservationid={id}"] : Array.Empty<string>(),
        ];
    }

    private static async Task<int> BookedAsync(ResortSystem system)
    {
        using var customer = new Customer(system.Gateway);
        return (await customer.GetAsync("views?size=1")).Json.GetProperty("page").GetProperty("totalElements").GetInt32();
    }

    private static int Replaced(ResortSystem system) => system.Log.Split("all apps are replaced").Length;

    // deliveries that wait for their app are usual
    [GeneratedRegex("^(?!.*Retrying in).*(level=(warning|error)|[⚠❌]|not forwarded)")]
    private static partial Regex Telling();

    private static async Task<IReadOnlyList<int>> ProcessesAsync(ResortSystem system) => await Task.WhenAll(system.Apps.Keys.Select(system.ProcessIdAsync));
}
