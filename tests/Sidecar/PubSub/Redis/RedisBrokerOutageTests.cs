using System.Collections.Concurrent;
using System.Net;
using Resort.Sidecar.Components;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.PubSub.Redis;

/// <summary><c>pubsub.redis</c> when its server, or the app, is not there.</summary>
public sealed class RedisBrokerOutageTests
{
    private static readonly object single = new { pubsubname = "pubsub", topic = "t", route = "/t" };

    [ServerFact(RedisServer.Program)]
    public async Task A_server_that_was_killed_has_kept_what_was_published_and_deliveries_go_on()
    {
        await using var server = await RedisServer.RunAsync();
        var got = new ConcurrentDictionary<int, bool>();
        await using var sidecar = await SidecarFixture.OneAsync(RedisComponent.At(server.Host, ("processingTimeout", "300ms"), ("redeliverInterval", "100")), app => app
            .Subscribe(single).On("/t", request => { foreach (var n in request.Numbers()) got[n] = true; return (200, null); }));
        var taken = new ConcurrentBag<int>();
        using var enough = new CancellationTokenSource();
        var publishing = Task.Run(async () =>
        {
            for (var n = 1; !enough.IsCancellationRequested; n++)
                if (await sidecar.TryPublishAsync("t", n) == HttpStatusCode.NoContent) taken.Add(n);
        });
        await Probe.UntilAsync("some deliveries", () => got.Count > 100);

        for (var round = 0; round < 3; round++)
        {
            await server.KillAsync();
            await server.StartAsync();
            var before = got.Count;
            await Probe.UntilAsync("deliveries to go on", () => got.Count > before + 100);
        }

        await enough.CancelAsync();
        await publishing;
        await Probe.UntilAsync("all that were taken", () => taken.Where(n => !got.ContainsKey(n)).ToList(), missing => missing.Count == 0);
    }

    [ServerFact(RedisServer.Program)]
    public async Task Without_its_server_publishing_fails_by_itself()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(RedisComponent.At(server.Host));

        await server.KillAsync();

        var (status, body) = await sidecar.CallAsync(HttpMethod.Post, "/v1.0/publish/pubsub/t", new { n = 1 });
        status.Should().Be(500);
        ((string)body!["errorCode"]!).Should().Be("ERR_PUBSUB_PUBLISH_MESSAGE");
        ((string)body["message"]!).Should().Be($"error when publishing to topic t in pubsub pubsub: the Redis server at {server.Host} cannot be reached");
    }

    [ServerFact(RedisServer.Program)]
    public async Task A_server_that_has_lost_its_streams_is_subscribed_to_anew()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(RedisComponent.At(server.Host), app => app.Subscribe(single).On("/t"));
        await sidecar.PublishAsync("t", 1);
        await sidecar.App.ReceivedAsync("/t");

        await server.AskAsync("FLUSHALL");
        await sidecar.PublishAsync("t", 2);

        (await sidecar.App.ReceivedAsync("/t", 2))[1].Numbers().Should().Equal(2);
    }

    [ServerFact(RedisServer.Program)]
    public async Task Where_connections_cannot_ask_for_their_id_messages_arrive_before_and_after_a_restart()
    {
        await using var server = await RedisServer.RunAsync();
        await server.AskAsync("ACL SETUSER default -client");
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", RedisComponent.At(server.Host), app => app.Subscribe(single).On("/t"));
        await sidecar.PublishAsync("t", 1);
        await sidecar.App.ReceivedAsync("/t");

        await fixture.RestartAsync();

        await sidecar.PublishAsync("t", 2);
        (await sidecar.App.ReceivedAsync("/t", 2))[1].Numbers().Should().Equal(2);
    }

    [ServerFact(RedisServer.Program)]
    public async Task What_came_while_the_app_was_down_is_delivered_when_it_is_back()
    {
        await using var server = await RedisServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(RedisComponent.At(server.Host, ("processingTimeout", "200ms"), ("redeliverInterval", "50")), app => app.Subscribe(single).On("/t"));
        await sidecar.App.StopAsync();
        await sidecar.PublishAsync("t", 1);
        await Probe.UntilAsync("some attempts in vain", () => server.AskAsync("EVAL \"return redis.call('XPENDING','t','shop','-','+',1)[1][4]\" 0"), attempts => attempts is [':', > '1' and <= '9', ..] or [':', _, _, ..]);

        await sidecar.App.StartAsync();

        (await sidecar.App.ReceivedAsync("/t"))[0].Numbers().Should().Equal(1);
    }

    [Theory]
    [InlineData("", "the Redis server at 127.0.0.1:1 does not let in: *")]
    [InlineData("\n  - {name: redeliverInterval, value: 500ms}", "metadata `redeliverInterval` must be a number of milliseconds (daprd passes over a duration), not '500ms'")]
    [InlineData("\n  - {name: processingTimeout, value: soon}", "metadata `processingTimeout` must be a number of milliseconds, or a duration such as 500ms or 2s, not 'soon'")]
    [InlineData("\n  - {name: concurrency, value: \"0\"}", "metadata `concurrency` must be at least 1, not '0'")]
    [InlineData("\n  - {name: streamTTL, value: 1h}\n  - {name: maxLenApprox, value: \"5\"}", "metadata `streamTTL` must be absent beside maxLenApprox*")]
    public async Task What_cannot_be_ends_the_start(string metadata, string message)
    {
        await using var fixture = new SidecarFixture();
        var start = () => fixture.StartAsync("shop", RedisComponent.At("127.0.0.1:1") + metadata);
        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"*resources.yaml:*: {message}");
    }
}
