using System.Net;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd.Kills;

/// <summary>kill -9 of one thing after the other at random moments of a running load; when all is quiet the books must balance and nobody's booking be lost.</summary>
internal sealed class KillRun(ResortSystem system, ITestOutputHelper output)
{
    private const int Clients = 6;

    /// <summary>What a run is started with: who does not pay his transfer is waited for in the end.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Saga__DepositDeadline"] = "00:00:08" };

    public async Task RunAsync(int kills, IReadOnlyList<(string Name, Func<Task> KillAsync)> targets)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"RESORT_SEED={seed}");
        var random = new Random(seed);
        using var stop = new CancellationTokenSource();
        var load = new ChaosLoad(system.Gateway, seed);
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(n => load.RunAsync(n, stop.Token)));
        for (var kill = 0; kill < kills; kill++)
        {
            var (name, killAsync) = targets[kill % targets.Count];
            var moment = load.Answered + random.Next(3, 40);
            await Probe.UntilAsync($"{moment} answers before kill {kill} of {name}", () => Task.FromResult(load.Answered), answered => answered >= moment, TimeSpan.FromSeconds(60));
            await killAsync();
        }
        await stop.CancelAsync();
        await clients;
        foreach (var app in system.Apps.Keys) await system.UntilReadyAsync(app);
        output.WriteLine($"{load.Answered} answers, {load.Confirmed.Count} bookings answered with 201, {load.Cancelled} cancellations accepted, {load.CheckedIn.Count} guests let in, {load.Deposited.Count} transfers taken");
        await CheckAsync(load, seed);
    }

    /// <summary>kill -9 of the host, and its next start on the same data.</summary>
    public async Task KillHostAsync()
    {
        await system.KillHostAsync();
        await system.RunAsync();
    }

    /// <summary>kill -9 of an app, which the host starts again; the next kill does not wait until it is ready.</summary>
    public async Task KillAppAsync(string app)
    {
        var before = await system.ProcessIdAsync(app);
        await ResortSystem.SignalAsync("KILL", before);
        await Probe.UntilAsync($"{app} was started again", () => system.ProcessIdAsync(app), now => now != before, TimeSpan.FromSeconds(60));
    }

    /// <summary>kill -9 of a server, and its next start on the same data.</summary>
    public static async Task KillAsync(TestServer server)
    {
        await server.KillAsync();
        await server.StartAsync();
    }

    private async Task CheckAsync(ChaosLoad load, int seed)
    {
        var errors = await new Books(system.Gateway).CheckAsync(quietWithin: TimeSpan.FromSeconds(120));
        errors.Should().BeEmpty($"RESORT_SEED={seed}");
        using var customer = new Customer(system.Gateway);
        foreach (var id in load.Confirmed) (await customer.GetAsync($"reservations/{id}")).Status.Should().Be(HttpStatusCode.OK, $"{id} was answered with 201; RESORT_SEED={seed}");
        foreach (var id in load.Deposited) (await customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("Confirmed", $"the transfer of {id} was taken; RESORT_SEED={seed}");
        foreach (var id in load.CheckedIn) (await customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("CheckedIn", $"the guest of {id} was let in; RESORT_SEED={seed}");
    }
}
