using System.Text.RegularExpressions;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd;

/// <summary>A new version while customers book: of each service two replicas run, which are replaced one after the other, and nobody notices.</summary>
public sealed partial class RolloutTests(ITestOutputHelper output)
{
    private const int Clients = 4;

    [ServerFact(PostgresServer.Program)]
    public async Task Replacing_every_process_costs_no_request_as_long_as_readiness_is_asked_for()
    {
        await using var database = await PostgresServer.RunAsync();
        using var patient = new PatientCalls();
        string[] all = ["payment", "issue", "view", "points", "reservation", "gateway", .. ResortSystem.HasNode ? ["notification"] : Array.Empty<string>()];
        await using var system = await ResortSystem.StartAsync(
            new Dictionary<string, string> { ["ConnectionStrings__View"] = database.NpgsqlString.Replace(";Pooling=false", "", StringComparison.Ordinal) }, shared: patient.Folder, twice: all, illAfter: 30);
        var before = await ProcessesAsync(system);

        var load = await ReplaceAllAsync(system, asksForReadiness: true, times: 1);

        load.Failures.Should().BeEmpty($"{load.Answered} requests were made");
        load.Booked.Should().BePositive();
        (await ProcessesAsync(system)).Should().HaveCount(2 * all.Length).And.NotIntersectWith(before);
        (await new Books(system.Gateway).CheckAsync(quietWithin: TimeSpan.FromSeconds(60))).Should().BeEmpty();

        (await ReplaceAllAsync(system, asksForReadiness: false, times: 2)).Failures.Should().NotBeEmpty("who does not ask is sent to gateways that are not there");
    }

    private async Task<SteadyLoad> ReplaceAllAsync(ResortSystem system, bool asksForReadiness, int times)
    {
        await using var service = new GatewayService(system, asksForReadiness);
        var load = new SteadyLoad(service);
        using var stop = new CancellationTokenSource();
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => load.RunAsync(client, stop.Token))));
        await Probe.UntilAsync("the load runs", () => Task.FromResult(load.Answered), answered => answered > 50, TimeSpan.FromSeconds(60));
        await ResortSystem.SignalAsync("USR1", system.HostId);
        await Probe.UntilAsync("all apps are replaced", () => Task.FromResult(system.Log), log => log.Split("all apps are replaced").Length > times, TimeSpan.FromSeconds(180));
        await stop.CancelAsync();
        await clients;
        output.WriteLine($"{(asksForReadiness ? "with" : "without")} readiness: {load.Answered} requests, {load.Booked} bookings, {load.Failures.Count} failures");
        foreach (var failure in load.Failures.Take(10)) output.WriteLine(failure);
        if (!load.Failures.IsEmpty) foreach (var line in system.Log.Split('\n').Where(line => Telling().IsMatch(line)).TakeLast(30)) output.WriteLine(line);
        return load;
    }

    // deliveries that wait for their app are usual
    [GeneratedRegex("^(?!.*Retrying in).*(level=(warning|error)|[⚠❌]|not forwarded)")]
    private static partial Regex Telling();

    private static async Task<IReadOnlyList<int>> ProcessesAsync(ResortSystem system) => await Task.WhenAll(system.Apps.Keys.Select(system.ProcessIdAsync));
}
