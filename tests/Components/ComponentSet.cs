using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.ComponentSets;

/// <summary>What only some sets promise.</summary>
[Flags]
internal enum Promises
{
    None = 0,

    /// <summary>Messages of one key come in their order.</summary>
    OrderPerKey = 1,

    /// <summary>Messages wait for apps that have never subscribed yet.</summary>
    LateSubscribers = 2,
}

/// <summary>A folder of components that the machine may be able to start, with the programs of its servers.</summary>
internal sealed record ComponentSet(string Name, string[] Programs, Promises Promises, Func<Task<StartedSet>> StartAsync)
{
    public static IReadOnlyList<ComponentSet> All { get; } =
    [
        new("embedded", [], Promises.OrderPerKey | Promises.LateSubscribers, () => Task.FromResult(new StartedSet(Repository.PathOf("components/embedded"), []))),
        new("redis", [RedisServer.Program], Promises.LateSubscribers, StartRedisAsync),
        new("postgres-rabbitmq", [PostgresServer.Program, RabbitMqServer.Program], Promises.None, StartPostgresRabbitMqAsync),
    ];

    /// <summary>Whether its servers are installed, or must be.</summary>
    public bool IsHere => ServerProgram.ReasonToSkip(Programs) is null;

    private static async Task<StartedSet> StartRedisAsync()
    {
        var set = await RedisSet.RunAsync(processingTimeout: "2s");
        return new StartedSet(set.Folder, [set.Server], set);
    }

    private static async Task<StartedSet> StartPostgresRabbitMqAsync()
    {
        var servers = await PostgresRabbitMqServers.RunAsync();
        foreach (var (name, value) in (await PostgresRabbitMqSpace.NewAsync(servers)).Environment) Environment.SetEnvironmentVariable(name, value);
        return new StartedSet(Repository.PathOf("components/postgres-rabbitmq"), [servers.Postgres, servers.RabbitMq], servers);
    }
}

/// <summary>A set whose servers run.</summary>
internal sealed record StartedSet(string Folder, IReadOnlyList<TestServer> Servers, IAsyncDisposable? Running = null);
