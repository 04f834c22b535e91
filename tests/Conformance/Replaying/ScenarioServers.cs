using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Conformance.Replaying;

/// <summary>The servers that scenarios need; each is started when the first one asks for it, and serves all.</summary>
internal sealed class ScenarioServers : IAsyncDisposable
{
    private readonly Dictionary<string, Lazy<Task<(TestServer Server, string Address)>>> servers = new()
    {
        ["REDIS"] = new(async () => await RedisServer.RunAsync() is var server ? (server, server.Host) : default),
        ["POSTGRES"] = new(async () => await PostgresServer.RunAsync() is var server ? (server, server.ConnectionString) : default),
        ["RABBITMQ"] = new(async () => await RabbitMqServer.RunAsync() is var server ? (server, server.ConnectionString) : default),
    };

    /// <summary>Where each of these servers is, by the variable that scenarios read.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AddressesAsync(IReadOnlyList<string> needs)
    {
        var addresses = new Dictionary<string, string>();
        foreach (var need in needs) addresses[need] = (await servers[need].Value).Address;
        return addresses;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values.Where(server => server.IsValueCreated)) await (await server.Value).Server.DisposeAsync();
    }
}
