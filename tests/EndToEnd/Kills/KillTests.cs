using Resort.Tests.Harness;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd.Kills;

/// <summary>kill -9 of the host and of every service at random moments of a running load; when all is quiet the books must balance.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Thirty_kills_lose_nothing_and_sell_nothing_twice()
    {
        await using var system = await ResortSystem.StartAsync(KillRun.Settings);
        var run = new KillRun(system, output);
        await run.RunAsync(kills: 30, [("host", run.KillHostAsync), .. system.Apps.Keys.Select(app => (app, (Func<Task>)(() => run.KillAppAsync(app))))]);
    }
}
