using System.Globalization;

namespace Resort.Tests.Harness.Servers;

/// <summary>A database and a virtual host. Servers that it does not get are shared: they run while there is a space on them.</summary>
public sealed class PostgresRabbitMqSpace : ISystemSpace
{
    private static readonly SemaphoreSlim gate = new(1);
    private static PostgresRabbitMqServers? shared;
    private static int sharers;
    private static int spaces;

    private PostgresRabbitMqSpace(PostgresRabbitMqServers servers, string name, bool isShared)
    {
        IsShared = isShared;
        var (port, server) = (servers.Postgres.Port.ToString(CultureInfo.InvariantCulture), "127.0.0.1");
        Environment = new Dictionary<string, string>
        {
            ["COMPONENTS"] = "postgres-rabbitmq",
            ["POSTGRES_HOST"] = server,
            ["POSTGRES_PORT"] = port,
            ["POSTGRES_DATABASE"] = name,
            ["RABBITMQ_URL"] = $"{servers.RabbitMq.ConnectionString}/{name}",
            ["ConnectionStrings__View"] = $"Host={server};Port={port};Database={name};Username=resort",
        };
    }

    public IReadOnlyDictionary<string, string> Environment { get; }

    private bool IsShared { get; }

    public static async Task<PostgresRabbitMqSpace> NewAsync(PostgresRabbitMqServers servers) => new(servers, await NewNameAsync(servers), isShared: false);

    public static async Task<PostgresRabbitMqSpace> NewAsync()
    {
        await gate.WaitAsync();
        try
        {
            shared ??= await PostgresRabbitMqServers.RunAsync();
            var space = new PostgresRabbitMqSpace(shared, await NewNameAsync(shared), isShared: true);
            sharers++;
            return space;
        }
        finally { gate.Release(); }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsShared) return;
        await gate.WaitAsync();
        try
        {
            if (--sharers > 0) return;
            await shared!.DisposeAsync();
            shared = null;
        }
        finally { gate.Release(); }
    }

    private static async Task<string> NewNameAsync(PostgresRabbitMqServers servers)
    {
        var name = $"system{Interlocked.Increment(ref spaces)}";
        await servers.Postgres.AskAsync($"CREATE DATABASE {name}");
        await servers.RabbitMq.AddVirtualHostAsync(name);
        return name;
    }
}
