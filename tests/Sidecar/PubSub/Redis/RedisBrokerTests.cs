using System.Collections.Concurrent;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.PubSub.Redis;

/// <summary><c>pubsub.redis</c> at a server that stays up.</summary>
public sealed class RedisBrokerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private readonly string topic = Path.GetRandomFileName();

    private object Subscription => new { pubsubname = "pubsub", topic, route = "/t" };

    [ServerFact(RedisServer.Program)]
    public async Task Entries_are_those_of_daprd()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Component());

        await sidecar.PublishAsync(topic, 1, "?metadata.rawPayload=true");

        (await redis.Server.AskAsync($"EVAL \"return cjson.encode(redis.call('XRANGE','{topic}','-','+')[1][2])\" 0"))
            .Should().Be("""["data","{\"n\":1}","metadata","{\"rawPayload\":\"true\"}"]""");
    }

    [ServerFact(RedisServer.Program)]
    public async Task What_was_not_handled_comes_again_until_it_is()
    {
        var attempts = 0;
        await using var sidecar = await SidecarFixture.OneAsync(Component(("processingTimeout", "200ms"), ("redeliverInterval", "50")), app => app
            .Subscribe(Subscription).On("/t", _ => (Interlocked.Increment(ref attempts) < 4 ? 500 : 200, null)));

        await sidecar.PublishAsync(topic, 1);

        await sidecar.App.ReceivedAsync("/t", 4);
        await NothingIsPendingAsync("shop");
    }

    [ServerFact(RedisServer.Program)]
    public async Task With_a_policy_and_dead_letters_nothing_is_lost_and_nothing_stays()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Component() + Components.Retry(2), app => app
            .Subscribe(new { pubsubname = "pubsub", topic, route = "/t", deadLetterTopic = topic + "-dead" }, new { pubsubname = "pubsub", topic = topic + "-dead", route = "/dead" })
            .On("/t", request => (request.Numbers().Contains(2) ? 500 : 200, null)).On("/dead"));

        for (var n = 1; n <= 3; n++) await sidecar.PublishAsync(topic, n);

        (await sidecar.App.ReceivedAsync("/dead"))[0].Numbers().Should().Equal(2);
        (await sidecar.App.ReceivedAsync("/t", 5)).SelectMany(request => request.Numbers()).Order().Should().Equal(1, 2, 2, 2, 3);
        await NothingIsPendingAsync("shop");
    }

    [ServerFact(RedisServer.Program)]
    public async Task What_had_not_begun_when_the_sidecar_ended_comes_first_after_its_start()
    {
        var release = new TaskCompletionSource();
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", Component(("concurrency", "1"), ("redeliverInterval", "100")), app => app.Subscribe(Subscription).Handle("/t", (_, _) => release.Task));
        for (var n = 1; n <= 20; n++) await sidecar.PublishAsync(topic, n);
        await sidecar.App.ReceivedAsync("/t");

        release.SetResult();
        await fixture.RestartAsync();

        await Probe.UntilAsync("all of them, long before processingTimeout", () => Arrived(sidecar), count => count == 20);
    }

    [ServerFact(RedisServer.Program)]
    public async Task What_is_handed_out_while_the_sidecar_ends_comes_after_its_start()
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", Component(("redeliverInterval", "100")), app => app.Subscribe(Subscription).On("/t"));
        for (var n = 1; n <= 20; n++)
        {
            await sidecar.PublishAsync(topic, n);
            await fixture.RestartAsync();
        }

        await Probe.UntilAsync("all of them, long before processingTimeout", () => Arrived(sidecar), count => count == 20);
    }

    [ServerFact(RedisServer.Program)]
    public async Task Of_ten_thousand_messages_each_app_gets_all_its_replicas_share_them()
    {
        const int Count = 10_000;
        var (shared, whole) = (new ConcurrentDictionary<int, int>(), new ConcurrentDictionary<int, int>());
        await using var fixture = new SidecarFixture();
        var bulk = new { pubsubname = "pubsub", topic, route = "/t", bulkSubscribe = new { enabled = true, maxMessagesCount = 200, maxAwaitDurationMs = 20 } };
        var first = await fixture.StartAsync("shop", Component(), Collecting(shared));
        await fixture.StartAsync("shop", Component(), Collecting(shared));
        await fixture.StartAsync("other", Component(), Collecting(whole));

        for (var begin = 0; begin < Count; begin += 500)
            (await first.PostAsync($"/v1.0/publish/bulk/pubsub/{topic}", Enumerable.Range(begin, 500).Select(n => new { entryId = $"{n}", @event = new { n }, contentType = "application/json" }))).EnsureSuccessStatusCode();

        await Probe.UntilAsync("all messages", () => (shared.Count, whole.Count), counts => counts == (Count, Count));
        shared.Values.Should().AllBeEquivalentTo(1);
        whole.Values.Should().AllBeEquivalentTo(1);

        Action<ScriptedApp> Collecting(ConcurrentDictionary<int, int> got) => app => app.Subscribe(bulk).On("/t", request =>
        {
            foreach (var n in request.Numbers()) got.AddOrUpdate(n, 1, (_, times) => times + 1);
            return (200, request.Statuses(_ => "SUCCESS"));
        });
    }

    [ServerFact(RedisServer.Program)]
    public async Task A_stream_keeps_about_as_many_messages_as_it_shall()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Component(("maxLenApprox", "100")));

        for (var n = 1; n <= 500; n++) await sidecar.PublishAsync(topic, n);

        int.Parse((await redis.Server.AskAsync($"XLEN {topic}"))!.TrimStart(':'), System.Globalization.CultureInfo.InvariantCulture).Should().BeInRange(100, 220);
    }

    private static int Arrived(RunningSidecar sidecar) => sidecar.App.Requests.Where(request => request.Path == "/t").SelectMany(request => request.Numbers()).Distinct().Count();

    private string Component(params (string Name, string Value)[] metadata) => RedisComponent.At(redis.Server.Host, metadata);

    private Task<string?> NothingIsPendingAsync(string group) =>
        Probe.UntilAsync("nothing to be pending", () => redis.Server.AskAsync($"EVAL \"return redis.call('XPENDING','{topic}','{group}')[1]\" 0"), pending => pending == ":0");
}
