using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.EndToEnd;

/// <summary>The system on <c>components/postgres-rabbitmq</c>: the same calls, and the same survives.</summary>
public sealed class PostgresRabbitMqTests(ITestOutputHelper output)
{
    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task The_tour_goes_as_expected()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        await using var space = await PostgresRabbitMqSpace.NewAsync(servers);
        await Tour.RunAsync(space.Environment);
    }

    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task Kills_of_apps_host_PostgreSQL_and_RabbitMQ_lose_nothing_and_sell_nothing_twice()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        await using var space = await PostgresRabbitMqSpace.NewAsync(servers);
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string>([.. space.Environment, .. KillRun.Settings]));
        var run = new KillRun(system, output);
        await run.RunAsync(kills: 8, [("issue", () => run.KillAppAsync("issue")), ("rabbitmq", () => KillAsync(servers.RabbitMq)), ("postgres", () => KillAsync(servers.Postgres)), ("host", run.KillHostAsync)]);
    }

    private static async Task KillAsync(TestServer server)
    {
        await server.KillAsync();
        await server.StartAsync();
    }
}
