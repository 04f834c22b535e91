using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sidecar.PubSub;

/// <summary><c>pubsub.sqlite</c> through the front door.</summary>
public sealed class DurableTests
{
    private static readonly object single = new { pubsubname = "pubsub", topic = "t", route = "/t" };

    [Fact]
    public async Task Messages_wait_for_their_first_subscriber_and_over_a_restart()
    {
        await using var fixture = new SidecarFixture();
        var publisher = await fixture.StartAsync("publisher", Components.Durable);
        await PublishAsync(publisher, 1);
        await fixture.RestartAsync();

        var late = await fixture.StartAsync("late", Components.Durable, app => app.Subscribe(single).On("/t"));

        (await late.App.ReceivedAsync("/t"))[0].Numbers().Should().Equal(1);
    }

    [Fact]
    public async Task After_a_restart_only_what_was_not_handled_comes_again()
    {
        var broken = true;
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", Components.Durable, app => app.Subscribe(single).On("/t", request => (broken && request.Numbers().Contains(2) ? 500 : 200, null)));
        for (var n = 1; n <= 3; n++) await PublishAsync(sidecar, n);
        await Probe.UntilAsync("all three to be tried", () => sidecar.App.Requests.SelectMany(Tried).Distinct().Count() == 3);

        await fixture.RestartAsync();
        broken = false;
        var before = sidecar.App.Requests.Count;

        await Probe.UntilAsync("the second to come again", () => sidecar.App.Requests.Skip(before).SelectMany(Tried).Any());
        await PublishAsync(sidecar, 4);
        await Probe.UntilAsync("the fourth", () => sidecar.App.Requests.SelectMany(Tried).Contains(4));
        sidecar.App.Requests.Skip(before).SelectMany(Tried).Distinct().Order().Should().Equal(2, 4);
    }

    [Fact]
    public async Task Each_app_gets_every_message_and_of_its_replicas_one()
    {
        await using var fixture = new SidecarFixture();
        var first = await fixture.StartAsync("shop", Components.Durable, app => app.Subscribe(single).On("/t"));
        var second = await fixture.StartAsync("shop", Components.Durable, app => app.Subscribe(single).On("/t"));
        var other = await fixture.StartAsync("other", Components.Durable, app => app.Subscribe(single).On("/t"));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => PublishAsync(n % 2 == 0 ? first : other, n)));

        (await other.App.ReceivedAsync("/t", 100)).SelectMany(request => request.Numbers()).Order().Should().Equal(Enumerable.Range(0, 100));
        await Probe.UntilAsync("the replicas to get all", () => Numbers(first).Concat(Numbers(second)).Count() >= 100);
        Numbers(first).Concat(Numbers(second)).Order().Should().Equal(Enumerable.Range(0, 100));
        Numbers(second).Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_order_of_a_key_holds_while_other_keys_pass()
    {
        var release = new TaskCompletionSource();
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable, app => app
            .Subscribe(single).Handle("/t", (_, request) => request.Numbers().Contains(1) ? release.Task : Task.CompletedTask));

        foreach (var (n, key) in new[] { (1, "a"), (2, "a"), (3, "b"), (4, "a"), (5, "b") }) await PublishAsync(sidecar, n, key);

        await Probe.UntilAsync("the other key", () => Numbers(sidecar).Contains(5));
        Numbers(sidecar).Should().BeEquivalentTo([1, 3, 5]);
        release.SetResult();
        await Probe.UntilAsync("the held key", () => Numbers(sidecar).Contains(4));
        Numbers(sidecar).Where(n => n is 1 or 2 or 4).Should().Equal(1, 2, 4);
    }

    [Fact]
    public async Task What_fails_without_dead_letters_comes_again_and_holds_up_only_its_key()
    {
        var broken = true;
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable, app => app
            .Subscribe(single).On("/t", request => (broken && request.Header("partitionKey") == "bad" ? 500 : 200, null)));

        await PublishAsync(sidecar, 1, "bad");
        await PublishAsync(sidecar, 2, "bad");
        for (var n = 3; n < 200; n++) await PublishAsync(sidecar, n, $"good-{n}");

        await Probe.UntilAsync("the good keys", () => Numbers(sidecar).Distinct().Count() == 198);
        Numbers(sidecar).Should().NotContain(2);
        broken = false;
        await Probe.UntilAsync("the bad key", () => Numbers(sidecar).Contains(2));
        Numbers(sidecar).Where(n => n < 3).Distinct().Should().Equal(1, 2);
    }

    [Fact]
    public async Task While_a_batch_is_out_the_next_one_gathers()
    {
        var release = new TaskCompletionSource();
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable, app => app
            .Subscribe(Bulk(maxMessagesCount: 30, maxAwaitDurationMs: 1))
            .Handle("/t", async (http, request) =>
            {
                if (request.Numbers().Contains(0)) await release.Task;
                await http.Response.WriteAsJsonAsync(request.Statuses(_ => "SUCCESS"));
            }));

        await PublishAsync(sidecar, 0);
        await sidecar.App.ReceivedAsync("/t");
        for (var n = 1; n <= 40; n++) await PublishAsync(sidecar, n, "key");
        Numbers(sidecar).Should().Equal(0);
        release.SetResult();

        await sidecar.App.ReceivedAsync("/t", 3);
        sidecar.App.Requests.Where(request => request.Path == "/t").Select(request => request.Numbers().Count()).Should().Equal(1, 30, 10);
        Numbers(sidecar).Should().Equal(Enumerable.Range(0, 41));
    }

    [Fact]
    public async Task Of_a_batch_only_what_failed_is_repeated_and_the_rest_goes_on()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable + Components.Retry(2, "200ms"), app => app
            .Subscribe(Bulk(100, 20, deadLetterTopic: "dead"), new { pubsubname = "pubsub", topic = "dead", route = "/dead" })
            .On("/t", request => (200, request.Statuses(n => n switch { 1 => "RETRY", 2 => "DROP", _ => "SUCCESS" })))
            .On("/dead"));

        for (var n = 1; n <= 4; n++) await PublishAsync(sidecar, n, n == 1 ? "bad" : "good");
        await Probe.UntilAsync("the first batch", () => Numbers(sidecar).Count() >= 4);
        await PublishAsync(sidecar, 5, "good");

        var letters = await sidecar.App.ReceivedAsync("/dead", 2);
        letters.SelectMany(letter => letter.Numbers()).Should().Equal(2, 1);
        Numbers(sidecar).Count(n => n == 1).Should().Be(3, "two retries");
        Numbers(sidecar).Where(n => n > 1).Should().Equal(2, 3, 4, 5);
        var last = sidecar.App.Requests.Select((request, at) => (request, at)).Where(call => call.request.Path == "/t" && call.request.Numbers().Contains(1)).Max(call => call.at);
        sidecar.App.Requests.Take(last).Should().Contain(request => request.Path == "/t" && request.Numbers().Contains(5), "a repeated batch does not hold up the next one");
    }

    [Theory]
    [InlineData(500, null, 2, true)]
    [InlineData(200, "", 2, true)]
    [InlineData(200, "{\"status\":\"SUCCESS\"}", 2, true)]
    [InlineData(200, "{\"statuses\":[{\"entryId\":\"unknown\",\"status\":\"SUCCESS\"}]}", 2, true)]
    [InlineData(404, null, 1, false)]
    public async Task A_batch_without_a_good_answer_is_repeated_as_a_whole(int status, string? body, int calls, bool dead)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable + Components.Retry(1), app => app
            .Subscribe(Bulk(2, 2000, deadLetterTopic: "dead"), new { pubsubname = "pubsub", topic = "dead", route = "/dead" }).On("/t", status, body).On("/dead"));

        await Task.WhenAll(PublishAsync(sidecar, 1, "key"), PublishAsync(sidecar, 1, "key"));

        await sidecar.App.ReceivedAsync("/t", calls);
        if (dead) await sidecar.App.ReceivedAsync("/dead", 2);
        sidecar.App.Requests.Where(request => request.Path == "/t").Select(request => request.Numbers().Count()).Should().Equal(Enumerable.Repeat(2, calls));
        sidecar.App.Requests.Any(request => request.Path == "/dead").Should().Be(dead);
    }

    [Fact]
    public async Task A_long_backlog_is_delivered_once_and_in_the_order_of_its_keys()
    {
        const int Count = 5000;
        var seen = new ConcurrentDictionary<int, ConcurrentQueue<int>>();
        await using var fixture = new SidecarFixture();
        var publisher = await fixture.StartAsync("publisher", Components.Durable);
        for (var start = 0; start < Count; start += 500)
            using (await publisher.PostAsync("/v1.0/publish/bulk/pubsub/t",
                Enumerable.Range(start, 500).Select(n => new { entryId = $"{n}", @event = new { n }, contentType = "application/json", metadata = new { partitionKey = $"{n % 7}" } }))) { }

        await fixture.StartAsync("late", Components.Durable, app => app.Subscribe(Bulk(100, 10)).On("/t", request =>
        {
            foreach (var n in request.Numbers()) seen.GetOrAdd(n % 7, _ => []).Enqueue(n);
            return (200, request.Statuses(_ => "SUCCESS"));
        }));

        await Probe.UntilAsync("the backlog", () => seen.Values.Sum(queue => queue.Count) >= Count);
        for (var key = 0; key < 7; key++) seen[key].Should().Equal(Enumerable.Range(0, Count).Where(n => n % 7 == key));
    }

    private static object Bulk(int maxMessagesCount, int maxAwaitDurationMs, string? deadLetterTopic = null) =>
        new { pubsubname = "pubsub", topic = "t", route = "/t", deadLetterTopic, bulkSubscribe = new { enabled = true, maxMessagesCount, maxAwaitDurationMs } };

    private static IEnumerable<int> Tried(AppRequest request) => request.Path == "/t" ? request.Numbers() : [];

    private static IEnumerable<int> Numbers(RunningSidecar sidecar) => sidecar.App.Requests.SelectMany(Tried);

    private static async Task PublishAsync(RunningSidecar sidecar, int n, string? key = null)
    {
        using var answer = await sidecar.PostAsync($"/v1.0/publish/pubsub/t{(key is null ? "" : $"?metadata.partitionKey={key}")}", new { n });
        answer.EnsureSuccessStatusCode();
    }
}
