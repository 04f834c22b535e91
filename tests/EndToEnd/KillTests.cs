using Resort.Tests.Harness;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd;

/// <summary>kill -9 of the host and of every service at random moments of a running load; when all is quiet the books must balance.</summary>
[Collection(SystemCollection.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 30;
    private const int Clients = 6;

    [Fact]
    public async Task Thirty_kills_lose_nothing_and_sell_nothing_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"RESORT_SEED={seed}");
        var random = new Random(seed);
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string> { ["Saga__DepositDeadline"] = "00:00:20" });
        using var stop = new CancellationTokenSource();
        var load = new ChaosLoad(system.Gateway, seed);
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(n => load.RunAsync(n, stop.Token)));
        string[] targets = ["host", .. system.Apps.Keys];
        for (var kill = 0; kill < Kills; kill++)
        {
            var target = targets[kill % targets.Length];
            var moment = load.Answered + random.Next(3, 40);
            await Probe.UntilAsync($"{moment} answers before kill {kill} of {target}", () => Task.FromResult(load.Answered), answered => answered >= moment, TimeSpan.FromSeconds(60));
            if (target == "host") await RestartHostAsync(system);
            else await KillAppAsync(system, target);
        }
        await stop.CancelAsync();
        await clients;
        foreach (var app in system.Apps.Keys) await system.UntilReadyAsync(app);
        output.WriteLine($"{load.Answered} answers, {load.Confirmed.Count} bookings answered with 201, {load.Cancelled} cancellations accepted, {load.CheckedIn.Count} guests let in, {load.Deposited.Count} transfers taken");
        var errors = await new Books(system.Gateway).CheckAsync(quietWithin: TimeSpan.FromSeconds(120));
        errors.Should().BeEmpty($"RESORT_SEED={seed}");
        using var customer = new Customer(system.Gateway);
        foreach (var id in load.Confirmed) (await customer.GetAsync($"reservations/{id}")).Status.Should().Be(System.Net.HttpStatusCode.OK, $"{id} was answered with 201; RESORT_SEED={seed}");
        foreach (var id in load.Deposited) (await customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("Confirmed", $"the transfer of {id} was taken; RESORT_SEED={seed}");
        foreach (var id in load.CheckedIn) (await customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("CheckedIn", $"the guest of {id} was let in; RESORT_SEED={seed}");
    }

    private static async Task RestartHostAsync(ResortSystem system)
    {
        await system.KillHostAsync();
        await system.RunAsync();
    }

    private static async Task KillAppAsync(ResortSystem system, string app)
    {
        var before = await system.ProcessIdAsync(app);
        await ResortSystem.SignalAsync("KILL", before);
        await Probe.UntilAsync($"{app} was started again", () => system.ProcessIdAsync(app), now => now != before, TimeSpan.FromSeconds(60));
        await system.UntilReadyAsync(app);
    }
}
