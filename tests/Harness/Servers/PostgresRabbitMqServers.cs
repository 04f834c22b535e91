namespace Resort.Tests.Harness.Servers;

/// <summary>The servers of the set <c>postgres-rabbitmq</c>.</summary>
public sealed class PostgresRabbitMqServers : IAsyncDisposable
{
    public PostgresServer Postgres { get; } = new();

    public RabbitMqServer RabbitMq { get; } = new();

    public static async Task<PostgresRabbitMqServers> RunAsync()
    {
        var servers = new PostgresRabbitMqServers();
        try { await Task.WhenAll(servers.Postgres.StartAsync(), servers.RabbitMq.StartAsync()); }
        catch { await servers.DisposeAsync(); throw; }
        return servers;
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await RabbitMq.DisposeAsync();
    }
}
