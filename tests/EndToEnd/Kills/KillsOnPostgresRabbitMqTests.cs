using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd.Kills;

/// <summary>The same on <c>components/postgres-rabbitmq</c>, whose servers are killed, too.</summary>
public sealed class KillsOnPostgresRabbitMqTests(ITestOutputHelper output)
{
    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task Kills_of_apps_host_PostgreSQL_and_RabbitMQ_lose_nothing_and_sell_nothing_twice()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        await using var space = await PostgresRabbitMqSpace.NewAsync(servers);
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string>([.. space.Environment, .. KillRun.Settings]));
        var run = new KillRun(system, output);
        await run.RunAsync(kills: 8,
        [
            ("issue", () => run.KillAppAsync("issue")), ("rabbitmq", () => KillRun.KillAsync(servers.RabbitMq)),
            ("postgres", () => KillRun.KillAsync(servers.Postgres)), ("host", run.KillHostAsync),
        ]);
    }
}
