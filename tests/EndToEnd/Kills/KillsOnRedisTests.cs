using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd.Kills;

/// <summary>The same on <c>components/redis</c>, whose server is killed, too.</summary>
public sealed class KillsOnRedisTests(ITestOutputHelper output)
{
    [ServerFact(RedisServer.Program)]
    public async Task Kills_of_apps_host_and_Redis_lose_nothing_and_sell_nothing_twice()
    {
        await using var set = await RedisSet.RunAsync(processingTimeout: "5s"); // what was being handled at a kill comes again after it
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string>([.. set.Environment, .. KillRun.Settings]));
        var run = new KillRun(system, output);
        await run.RunAsync(kills: 8, [("redis", () => KillRun.KillAsync(set.Server)), ("payment", () => run.KillAppAsync("payment")), ("host", run.KillHostAsync), ("issue", () => run.KillAppAsync("issue"))]);
    }
}
