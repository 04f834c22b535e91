using System.Net;
using Resort.Sidecar.Components;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.State.Redis;

/// <summary>What a user meets when the server is not there, or the component asks for what is not served.</summary>
public sealed class RedisOutageTests
{
    [ServerFact(RedisServer.Program)]
    public async Task While_the_server_is_gone_calls_fail_by_themselves_and_afterwards_all_is_there()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(Store(server.Host));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        await server.KillAsync();

        var save = await sidecar.SaveAsync("""[{"key":"k","value":2}]""");
        (save.Status, save.Body.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_SAVE"));
        save.Body.Message().Should().Be($"failed saving state in state store store: the Redis server at {server.Host} cannot be reached");
        (await sidecar.GetAsync("k")).Body.Code().Should().Be("ERR_STATE_GET");
        (await sidecar.DeleteAsync("k")).Body.Code().Should().Be("ERR_STATE_DELETE");
        (await sidecar.TransactAsync("""{"operation":"delete","request":{"key":"k"}}""")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");

        await server.StartAsync();

        var found = await Probe.UntilAsync("the store to answer", () => sidecar.GetAsync("k"), answer => answer.Status == HttpStatusCode.OK);
        found.Body.Should().Be("1");
        (await sidecar.SaveAsync("""[{"key":"k","value":2,"etag":"1"}]""")).Status.Should().Be(HttpStatusCode.NoContent, "the script is run anew at a server that does not know it");
    }

    [ServerFact(RedisServer.Program)]
    public async Task A_server_that_hangs_is_not_waited_for_without_end()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(Store(server.Host, "{ name: readTimeout, value: 1s }"));

        await using (await server.FreezeAsync())
            (await sidecar.GetAsync("k")).Body.Message().Should().EndWith($"the Redis server at {server.Host} has not answered in 1 s");

        await Probe.UntilAsync("the store to answer", () => sidecar.GetAsync("k"), answer => answer.Status == HttpStatusCode.NoContent);
    }

    [Fact]
    public Task A_server_that_is_not_there_ends_the_start() => RefusesAsync(Store("127.0.0.1:1"), "the Redis server at 127.0.0.1:1 does not let in: *");

    [ServerFact(RedisServer.Program)]
    public async Task A_wrong_password_ends_the_start()
    {
        await using var server = await RedisServer.RunAsync();
        await server.AskAsync("CONFIG SET requirepass right");

        await RefusesAsync(Store(server.Host), $"the Redis server at {server.Host} does not let in: *");
        await RefusesAsync(Store(server.Host, "{ name: redisPassword, value: wrong }"), $"the Redis server at {server.Host} does not let in: *");
        await using var sidecar = await SidecarFixture.OneAsync(Store(server.Host, "{ name: redisPassword, value: right }"));
    }

    [Theory]
    [InlineData("redisHost, value: \"\"", "metadata `redisHost` is missing")]
    [InlineData("redisHost, value: \"localhost:redis\"", "metadata `redisHost` must be host:port, not *")]
    [InlineData("redisType, value: cluster", "metadata `redisType` must be node; clusters need daprd, not 'cluster'")]
    [InlineData("failover, value: true", "metadata `failover` must be false; Sentinel needs daprd, not 'true'")]
    [InlineData("redisUsername, value: me", "metadata `redisUsername` must be empty or default; *")]
    [InlineData("redisDB, value: -1", "metadata `redisDB` must be the number of a database, not '-1'")]
    public Task What_is_not_served_ends_the_start(string metadata, string message) => RefusesAsync(Store("127.0.0.1:1", $"{{ name: {metadata} }}"), message);

    private static string Store(string host, string more = "") => StateCalls.Component("store", "state.redis", $"{{ name: redisHost, value: \"{host}\" }}, {more}");

    private static async Task RefusesAsync(string resources, string message)
    {
        await using var fixture = new SidecarFixture();
        var start = () => fixture.StartAsync("shop", resources);
        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"*resources.yaml:4: {message}");
    }
}
