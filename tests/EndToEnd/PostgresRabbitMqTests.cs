using Resort.Tests.Harness.Servers;

namespace Resort.Tests.EndToEnd;

/// <summary>The system on <c>components/postgres-rabbitmq</c>: the same calls.</summary>
public sealed class PostgresRabbitMqTests
{
    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task The_tour_goes_as_expected()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        await Tour.RunAsync(servers.Environment);
    }
}
