using System.Net;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.State.Redis;

public sealed class RedisStoreTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private readonly string prefix = Path.GetRandomFileName();

    [ServerFact(RedisServer.Program)]
    public async Task Values_are_laid_out_as_daprd_does_it()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store());

        await sidecar.SaveAsync("""[{"key":"k","value":{"a":1}},{"key":"f","value":1,"options":{"concurrency":"first-write"}}]""");

        (await redis.Server.AskAsync($"HGET {prefix}||k data")).Should().Be("""{"a":1}""");
        (await redis.Server.AskAsync($"HLEN {prefix}||k")).Should().Be(":2");
        (await redis.Server.AskAsync($"HGET {prefix}||k version")).Should().Be("1");
        (await redis.Server.AskAsync($"HEXISTS {prefix}||f first-write")).Should().Be(":1");
    }

    [ServerFact(RedisServer.Program)]
    public async Task Of_many_writers_with_one_etag_one_wins()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store());
        await sidecar.SaveAsync("""[{"key":"k","value":0}]""");

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => sidecar.SaveAsync($$"""[{"key":"k","value":{{i}},"etag":"1"}]""")));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).Should().Be(19);
        (await sidecar.GetAsync("k")).ETag.Should().Be("2");
    }

    [ServerTheory(RedisServer.Program)]
    [InlineData("""{"operation":"upsert","request":{"key":"other","value":1,"etag":"7"}}""")]
    [InlineData("""{"operation":"upsert","request":{"key":"other","value":1,"etag":"no-number"}}""")]
    [InlineData("""{"operation":"delete","request":{"key":"other","etag":"7"}}""")]
    [InlineData("""{"operation":"upsert","request":{"key":"other","value":1,"options":{"concurrency":"first-write"}}}""")]
    [InlineData("""{"operation":"upsert","request":{"key":"k","value":1,"etag":"1"}}""")]
    public async Task A_transaction_is_done_as_a_whole_or_not_at_all(string refused)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store());
        await sidecar.SaveAsync("""[{"key":"k","value":"old"},{"key":"other","value":"old"},{"key":"gone","value":"old"}]""");

        var answer = await sidecar.TransactAsync("""{"operation":"upsert","request":{"key":"k","value":"new"}},{"operation":"delete","request":{"key":"gone"}},""" + refused);

        answer.Status.Should().Be(HttpStatusCode.InternalServerError);
        foreach (var key in new[] { "k", "other", "gone" }) (await sidecar.GetAsync(key)).Body.Should().Be("\"old\"", key);
    }

    [ServerFact(RedisServer.Program)]
    public async Task Inside_a_transaction_each_write_sees_those_before_it()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store());
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        var answer = await sidecar.TransactAsync("""
            {"operation":"upsert","request":{"key":"k","value":2,"etag":"1"}},{"operation":"upsert","request":{"key":"k","value":3,"etag":"2"}},
            {"operation":"delete","request":{"key":"k","etag":"3"}},{"operation":"upsert","request":{"key":"k","value":4,"options":{"concurrency":"first-write"}}}
            """);

        answer.Status.Should().Be(HttpStatusCode.NoContent, answer.Body);
        var now = await sidecar.GetAsync("k");
        (now.Body, now.ETag).Should().Be(("4", "1"));
    }

    [ServerFact(RedisServer.Program)]
    public async Task The_components_time_to_live_counts_where_an_item_has_none()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store("{ name: ttlInSeconds, value: 100 }"));

        await sidecar.SaveAsync("""[{"key":"silent","value":1},{"key":"own","value":1,"metadata":{"ttlInSeconds":"900"}},{"key":"never","value":1,"metadata":{"ttlInSeconds":"-1"}}]""");

        (await SecondsLeftAsync("silent")).Should().BeInRange(95, 101);
        (await SecondsLeftAsync("own")).Should().BeInRange(895, 901);
        (await SecondsLeftAsync("never")).Should().Be(-1);
    }

    [ServerFact(RedisServer.Program)]
    public async Task A_large_Unicode_value_comes_back_as_it_was()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store());
        var text = string.Concat(Enumerable.Repeat("예약 ✓ 🏝 ", 100_000));

        await sidecar.SaveAsync($$"""[{"key":"예약","value":"{{text}}"}]""");

        (await sidecar.GetAsync(Uri.EscapeDataString("예약"))).Body.Should().Be($"\"{text}\"");
    }

    [ServerFact(RedisServer.Program)]
    public async Task Components_and_sidecars_share_a_connection_to_a_server()
    {
        await using var fixture = new SidecarFixture();
        var before = await ClientsAsync();
        await fixture.StartAsync("shop", Store() + StateCalls.Component("second", "state.redis", $"{{ name: redisHost, value: \"{redis.Server.Host}\" }}, {{ name: redisDB, value: 1 }}"));
        await fixture.StartAsync("other", Store());

        (await ClientsAsync()).Should().Be(before + 1);
    }

    private string Store(string more = "") => StateCalls.Component("store", "state.redis", $"{{ name: redisHost, value: \"{redis.Server.Host}\" }}, {{ name: keyPrefix, value: {prefix} }}, {more}");

    private async Task<int> SecondsLeftAsync(string key) => int.Parse((await redis.Server.AskAsync($"TTL {prefix}||{key}"))!.TrimStart(':'), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<int> ClientsAsync() => (await redis.Server.AskAsync("CLIENT LIST"))!.Split('\n').Count(line => line.Contains("name=resort-sidecar", StringComparison.Ordinal));
}
