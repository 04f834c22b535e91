using System.Globalization;

namespace Resort.Tests.Harness.Servers;

/// <summary>The servers of the set <c>postgres-rabbitmq</c>.</summary>
public sealed class PostgresRabbitMqServers : IAsyncDisposable
{
    public PostgresServer Postgres { get; } = new();

    public RabbitMqServer RabbitMq { get; } = new();

    /// <summary>The variables by which the set's components find the servers, and the set's name.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["COMPONENTS"] = "postgres-rabbitmq",
        ["POSTGRES_HOST"] = "127.0.0.1",
        ["POSTGRES_PORT"] = Postgres.Port.ToString(CultureInfo.InvariantCulture),
        ["POSTGRES_DATABASE"] = "postgres",
        ["RABBITMQ_URL"] = RabbitMq.ConnectionString,
    };

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
