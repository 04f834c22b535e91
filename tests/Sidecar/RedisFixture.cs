using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar;

/// <summary>One server for the tests of a class that do not stop it, started if one of them runs.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? server;

    public RedisServer Server => server!;

    public async Task InitializeAsync()
    {
        if (ServerProgram.ReasonToSkip(RedisServer.Program) is null) server = await RedisServer.RunAsync();
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}
