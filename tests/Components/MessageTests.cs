using System.Collections.Concurrent;
using Resort.Tests.Sidecar;
using Resort.Tests.Sidecar.PubSub;

namespace Resort.Tests.ComponentSets;

/// <summary>What services rely on in a broker.</summary>
[Collection(SetCollection.Name)]
public sealed class MessageTests(StartedSets sets)
{
    public static TheoryData<string> Sets => SetTests.Here;

    [Theory, MemberData(nameof(Sets))]
    public Task Each_app_gets_every_message_its_replicas_share_them(string set) => sets.CheckAsync(set, "each app gets every message, its replicas share them", async on =>
    {
        var (first, second, other) = (await on.StartAsync("view", To(on)), await on.StartAsync("view", To(on)), await on.StartAsync("points", To(on)));

        for (var n = 0; n < 100; n++) await SidecarsOnSet.PublishAsync(other, on.Own, new { n });

        await Probe.UntilAsync("all", () => (Numbers(first).Count + Numbers(second).Count, Numbers(other).Count), counts => counts == (100, 100));
        Numbers(first).Concat(Numbers(second)).Order().Should().Equal(Enumerable.Range(0, 100));
    });

    [Theory, MemberData(nameof(Sets))]
    public Task What_fails_is_tried_again(string set) => sets.CheckAsync(set, "what fails is tried again until it is handled", async on =>
    {
        var attempts = 0;
        var sidecar = await on.StartAsync("view", app => app.Subscribe(Subscription(on)).On("/t", _ => (Interlocked.Increment(ref attempts) < 4 ? 500 : 200, null)), Components.Retry(2));

        await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n = 1 });

        await Probe.UntilAsync("the fourth attempt, which is beyond the policy", () => attempts >= 4);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task What_fails_for_good_goes_to_the_dead_letters(string set) => sets.CheckAsync(set, "what fails for good goes to the dead letters, and holds up nothing", async on =>
    {
        var sidecar = await on.StartAsync("view", app => app
            .Subscribe(new { pubsubname = "pubsub", topic = on.Own, route = "/t", deadLetterTopic = $"{on.Own}-dead" }, new { pubsubname = "pubsub", topic = $"{on.Own}-dead", route = "/dead" })
            .On("/t", request => (request.Numbers().Contains(2) ? 500 : 200, null)).On("/dead"), Components.Retry(2));

        for (var n = 1; n <= 3; n++) await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n });

        (await sidecar.App.ReceivedAsync("/dead"))[0].Numbers().Should().Equal(2);
        await Probe.UntilAsync("the others", () => Numbers(sidecar).Distinct().Order().SequenceEqual([1, 2, 3]));
    });

    [Theory, MemberData(nameof(Sets))]
    public Task What_was_with_a_consumer_that_ended_comes_again(string set) => sets.CheckAsync(set, "what was with a consumer that ended comes again, the rest too", async on =>
    {
        var isStuck = true;
        var sidecar = await on.StartAsync("view", app => app.Subscribe(Subscription(on)).Handle("/t", (http, _) => isStuck ? Task.Delay(Timeout.Infinite, http.RequestAborted) : Task.CompletedTask));
        for (var n = 0; n < 30; n++) await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n });
        var before = (await sidecar.App.ReceivedAsync("/t")).Count;

        isStuck = false;
        await on.RestartAsync();

        await Probe.UntilAsync("all of them", () => sidecar.App.Requests.Where(request => request.Path == "/t").Skip(before).SelectMany(request => request.Numbers()).Distinct().Count() == 30);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Messages_survive_a_crash_of_the_broker(string set) => sets.CheckAsync(set, "messages survive a crash of the broker, and deliveries go on", async on =>
    {
        var isUp = true;
        var sidecar = await on.StartAsync("view", app => app.Subscribe(Subscription(on)).On("/t", _ => (isUp ? 200 : 500, null)), Components.Retry(1));
        await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n = -1 });
        await sidecar.App.ReceivedAsync("/t");

        isUp = false;
        for (var n = 0; n < 30; n++) await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n });
        await on.CrashServersAsync();
        var before = sidecar.App.Requests.Count;
        isUp = true;
        for (var n = 30; n < 40; n++) await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n });

        await Probe.UntilAsync("all of them", () => sidecar.App.Requests.Skip(before).Where(request => request.Path == "/t").SelectMany(request => request.Numbers()).Distinct().Count(n => n >= 0) == 40, TimeSpan.FromSeconds(60));
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Messages_wait_for_an_app_that_has_never_run(string set) => sets.CheckAsync(set, "messages wait for an app that has never run", async on =>
    {
        var publisher = await on.StartAsync("reservation");
        await SidecarsOnSet.PublishAsync(publisher, on.Own, new { n = 1 });

        var late = await on.StartAsync("view", To(on));

        (await late.App.ReceivedAsync("/t"))[0].Numbers().Should().Equal(1);
    }, Promises.LateSubscribers);

    [Theory, MemberData(nameof(Sets))]
    public Task A_key_keeps_its_order(string set) => sets.CheckAsync(set, "messages of a key keep their order", async on =>
    {
        var sidecar = await on.StartAsync("view", To(on));

        for (var n = 0; n < 200; n++) await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { n }, key: $"{n % 4}");

        await Probe.UntilAsync("all", () => Numbers(sidecar).Count == 200);
        foreach (var key in Numbers(sidecar).GroupBy(n => n % 4)) key.Should().BeInAscendingOrder();
    }, Promises.OrderPerKey);

    [Theory, MemberData(nameof(Sets))]
    public Task Large_Unicode_messages_arrive(string set) => sets.CheckAsync(set, "large and Unicode messages arrive as they were", async on =>
    {
        var sidecar = await on.StartAsync("view", To(on));
        var text = string.Concat(Enumerable.Repeat("예약 ✓ 🏝 ", 50_000));

        await SidecarsOnSet.PublishAsync(sidecar, on.Own, new { text });

        ((string)(await sidecar.App.ReceivedAsync("/t"))[0].Json["data"]!["text"]!).Should().Be(text);
    });

    [Theory, MemberData(nameof(Sets))]
    public Task Of_ten_thousand_none_is_lost(string set) => sets.CheckAsync(set, "of 10,000 messages none is lost", async on =>
    {
        const int Count = 10_000;
        var got = new ConcurrentDictionary<int, bool>();
        var bulk = new { pubsubname = "pubsub", topic = on.Own, route = "/t", bulkSubscribe = new { enabled = true, maxMessagesCount = 200, maxAwaitDurationMs = 20 } };
        var sidecar = await on.StartAsync("view", app => app.Subscribe(bulk).On("/t", request =>
        {
            foreach (var n in request.Numbers()) got[n] = true;
            return (200, request.Statuses(_ => "SUCCESS"));
        }));

        for (var begin = 0; begin < Count; begin += 500)
            (await sidecar.PostAsync($"/v1.0/publish/bulk/pubsub/{on.Own}", Enumerable.Range(begin, 500).Select(n => new { entryId = $"{n}", @event = new { n }, contentType = "application/json" }))).EnsureSuccessStatusCode();

        await Probe.UntilAsync("all messages", () => got.Count, count => count == Count, TimeSpan.FromSeconds(60));
    });

    private static object Subscription(SidecarsOnSet on) => new { pubsubname = "pubsub", topic = on.Own, route = "/t" };

    private static Action<ScriptedApp> To(SidecarsOnSet on) => app => app.Subscribe(Subscription(on)).On("/t");

    private static List<int> Numbers(RunningSidecar sidecar) => [.. sidecar.App.Requests.Where(request => request.Path == "/t").SelectMany(request => request.Numbers())];
}
