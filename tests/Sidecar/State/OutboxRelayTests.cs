using System.Net;
using System.Text;
using Resort.Sidecar.State;
using Resort.Tests.Harness.Servers;
using Resort.Tests.Sidecar.PubSub.Redis;
using Resort.Tests.Sidecar.State.Postgres;

namespace Resort.Tests.Sidecar.State;

/// <summary>The outbox over a broker that is not in the store's database: what was committed is published, and nothing else.</summary>
public sealed class OutboxRelayTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private readonly string name = Path.GetRandomFileName();

    public static TheoryData<string> Stores { get; } = new("state.sqlite", "state.redis", "state.in-memory");

    [ServerTheory(RedisServer.Program), MemberData(nameof(Stores))]
    public async Task Events_arrive_once_each_and_leave_the_store(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Resources(type), Subscribe);

        for (var i = 0; i < 50; i++) (await sidecar.TransactAsync($"{Upsert("a", i)},{Upsert("b", 100 + i)}")).Status.Should().Be(HttpStatusCode.NoContent);

        (await ReceivedAsync(sidecar, 100)).Order().Should().Equal([.. Enumerable.Range(0, 50), .. Enumerable.Range(100, 50)]);
        await Probe.UntilAsync("the store to be rid of them", () => StoreOf(sidecar).KeysAsync("shop||store||"), keys => keys.Count == 0);
    }

    [ServerTheory(RedisServer.Program), MemberData(nameof(Stores))]
    public async Task What_is_refused_leaves_no_event(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Resources(type), Subscribe);
        await sidecar.SaveAsync("""[{"key":"a","value":0}]""");

        (await sidecar.TransactAsync($"{Upsert("b", 1)},{Upsert("a", 2, "\"etag\":\"999\"")}")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");

        (await StoreOf(sidecar).KeysAsync("shop||store||")).Should().BeEmpty();
        await sidecar.TransactAsync(Upsert("c", 3));
        (await ReceivedAsync(sidecar, 1)).Should().Equal(3);
    }

    [ServerTheory(RedisServer.Program)]
    [InlineData("state.sqlite")]
    [InlineData("state.redis")]
    public async Task What_a_killed_sidecar_has_committed_is_published_after_the_next_start(string type)
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync($"shop-{name}", Resources(type), Subscribe);
        var left = Enumerable.Range(1, 3).Select(n => new StateWrite($"shop-{name}||store||outbox-{n}", Encoding.UTF8.GetBytes($$$"""{"data":{{{n}}},"id":"outbox-{{{n}}}","specversion":"1.0"}"""), null, false, null)).ToList();
        await StoreOf(sidecar).WriteAllAsync(left);
        await sidecar.SaveAsync("""[{"key":"outbox-4","value":4}]""");

        await fixture.RestartAsync();

        (await ReceivedAsync(sidecar, 3)).Order().Should().Equal(1, 2, 3);
        (await sidecar.GetAsync("outbox-4")).Body.Should().Be("4", "that is an entry of the app");
    }

    [ServerFact(RedisServer.Program, PostgresServer.Program)]
    public async Task PostgreSQL_keeps_events_in_the_transaction_too()
    {
        await using var server = await PostgresServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(PostgresStore.Of(server.ConnectionString, Outbox) + RedisComponent.At(redis.Server.Host), Subscribe);
        await sidecar.SaveAsync("""[{"key":"a","value":0}]""");
        await server.AskAsync("INSERT INTO state (key, value, etag) VALUES ('shop||store||outbox-0', '{\"data\":7,\"id\":\"outbox-0\"}', gen_random_uuid())");

        (await StoreOf(sidecar).KeysAsync("shop||store||outbox-")).Should().Equal("shop||store||outbox-0");
        (await sidecar.TransactAsync($"{Upsert("b", 1)},{Upsert("a", 2, "\"options\":{\"concurrency\":\"first-write\"}")}")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");
        await sidecar.TransactAsync($"{Upsert("a", 3)},{Upsert("b", 4)}");

        (await ReceivedAsync(sidecar, 2)).Order().Should().Equal(3, 4);
        await Probe.UntilAsync("only the row by hand to be left", () => StoreOf(sidecar).KeysAsync("shop||store||"), keys => keys.Count == 1);
    }

    [ServerFact(RedisServer.Program)]
    public async Task While_the_broker_is_gone_transactions_go_on_and_their_events_come_afterwards()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(Store("state.sqlite") + RedisComponent.At(server.Host), Subscribe);

        await server.KillAsync();
        for (var i = 1; i <= 5; i++) (await sidecar.TransactAsync(Upsert("a", i))).Status.Should().Be(HttpStatusCode.NoContent);
        await server.StartAsync();

        (await ReceivedAsync(sidecar, 5)).Order().Should().Equal(1, 2, 3, 4, 5);
    }

    [ServerFact(RedisServer.Program)]
    public async Task A_transaction_whose_answer_was_lost_publishes_if_it_was_done()
    {
        await using var server = await RedisServer.RunAsync();
        var store = StateCalls.Component("store", "state.redis", $"{{ name: redisHost, value: \"{server.Host}\" }}, {{ name: readTimeout, value: 1s }}, {Outbox}");
        await using var sidecar = await SidecarFixture.OneAsync(store + RedisComponent.At(server.Host), Subscribe);

        await using (await server.FreezeAsync())
            (await sidecar.TransactAsync(Upsert("a", 1))).Body.Message().Should().EndWith("has not answered in 1 s");

        (await ReceivedAsync(sidecar, 1)).Should().Equal(1);
        (await sidecar.GetAsync("a")).Body.Should().Be("1");
    }

    private string Outbox => $"{{ name: outboxPublishPubsub, value: pubsub }}, {{ name: outboxPublishTopic, value: {name} }}";

    private string Resources(string type) => Store(type) + RedisComponent.At(redis.Server.Host);

    private string Store(string type) => type == "state.redis"
        ? StateCalls.Component("store", type, $"{{ name: redisHost, value: \"{redis.Server.Host}\" }}, {{ name: keyPrefix, value: {name} }}, {Outbox}")
        : StateCalls.Store(type, Outbox);

    private void Subscribe(ScriptedApp app) => app.Subscribe(new { pubsubname = "pubsub", topic = name, route = "/orders" }).On("/orders");

    private static IStateStore StoreOf(RunningSidecar sidecar) => sidecar.Runtime.States.All["store"].Store;

    private static string Upsert(string key, int value, string more = "\"etag\":null") =>
        $$$"""{"operation":"upsert","request":{"key":"{{{key}}}","value":{{{value}}},"contentType":"application/json",{{{more}}}}}""";

    private static async Task<IEnumerable<int>> ReceivedAsync(RunningSidecar sidecar, int count) =>
        (await sidecar.App.ReceivedAsync("/orders", count)).Select(request => (int)request.Json["data"]!);
}
