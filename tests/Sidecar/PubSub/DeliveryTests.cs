namespace Resort.Tests.Sidecar.PubSub;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData(200, null, 1, false)]
    [InlineData(202, "{\"status\":\"SUCCESS\"}", 1, false)]
    [InlineData(200, "{\"status\":\"\"}", 1, false)]
    [InlineData(200, "{\"status\":5}", 1, false)]
    [InlineData(200, "[\"RETRY\"]", 1, false)]
    [InlineData(200, "no JSON", 1, false)]
    [InlineData(200, "{\"STATUS\":\"RETRY\"}", 2, true)]
    [InlineData(200, "{\"status\":\"success\"}", 2, true)]
    [InlineData(200, "{\"status\":\"DROP\"}", 1, true)]
    [InlineData(404, null, 1, true)]
    [InlineData(301, null, 2, true)]
    [InlineData(409, null, 2, true)]
    [InlineData(500, "oops", 2, true)]
    public async Task The_answer_decides_between_done_again_and_dead_letter(int status, string? body, int calls, bool dead)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable + Components.Retry(1), app => app
            .Subscribe(new { pubsubname = "pubsub", topic = "t", route = "/t", deadLetterTopic = "dead" }, new { pubsubname = "pubsub", topic = "dead", route = "/dead" })
            .On("/t", _ => (status, body)).On("/dead"));

        await PublishAsync(sidecar, "t", 1, "?metadata.partitionKey=same");
        await PublishAsync(sidecar, "t", 2, "?metadata.partitionKey=same");

        await sidecar.App.ReceivedAsync("/t", calls * 2);
        if (dead) (await sidecar.App.ReceivedAsync("/dead", 2)).SelectMany(request => request.Numbers()).Should().Equal(1, 2);
        sidecar.App.Requests.Count(request => request.Path == "/t").Should().Be(calls * 2);
        sidecar.App.Requests.Any(request => request.Path == "/dead").Should().Be(dead);
    }

    [Fact]
    public async Task A_dead_letter_is_the_message_as_it_was()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app
            .Subscribe(new { pubsubname = "pubsub", topic = "t", route = "/t", deadLetterTopic = "dead" }, new { pubsubname = "pubsub", topic = "dead", route = "/dead" })
            .On("/t", 500).On("/dead"));

        await PublishAsync(sidecar, "t", 1, "?metadata.cloudevent.id=e-1&metadata.note=주문");

        var first = (await sidecar.App.ReceivedAsync("/t"))[0];
        var letter = (await sidecar.App.ReceivedAsync("/dead"))[0];
        (letter.Text, letter.Header("note")).Should().Be((first.Text, first.Header("note")));
        ((string?)letter.Json["topic"], (string?)letter.Json["id"]).Should().Be(("t", "e-1"));
    }

    [Theory]
    [InlineData("metadata.x=a%0D%0Ainjected: 1")]
    [InlineData("metadata.transfer-encoding=chunked&metadata.content-length=3&metadata.host=elsewhere&metadata.connection=close")]
    [InlineData("metadata.%0Abad name=1&metadata.=2&metadata.content-type=text/html")]
    public async Task Metadata_cannot_break_out_of_its_headers(string metadata)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(new { pubsubname = "pubsub", topic = "t", route = "/t" }).On("/t"));

        await PublishAsync(sidecar, "t", 1, "?" + metadata);

        var delivery = (await sidecar.App.ReceivedAsync("/t"))[0];
        delivery.Numbers().Should().Equal(1);
        (delivery.Header("injected"), delivery.Header("content-type")).Should().Be((null, "application/cloudevents+json"));
        delivery.Header("host").Should().Be($"127.0.0.1:{sidecar.App.Port}");
    }

    [Fact]
    public async Task An_expired_message_is_not_delivered()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.Durable, app => app.Subscribe(new { pubsubname = "pubsub", topic = "t", route = "/t" }).On("/t"));

        await PublishAsync(sidecar, "t", 1, "?metadata.ttlInSeconds=0&metadata.partitionKey=same");
        await PublishAsync(sidecar, "t", 2, "?metadata.ttlInSeconds=60&metadata.partitionKey=same");

        (await sidecar.App.ReceivedAsync("/t"))[0].Numbers().Should().Equal(2);
    }

    [Fact]
    public async Task Rules_choose_the_route_and_a_rule_that_cannot_be_evaluated_is_a_failure()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app
            .Subscribe(
                new
                {
                    pubsubname = "pubsub",
                    topic = "t",
                    deadLetterTopic = "dead",
                    routes = new { rules = new[] { new { match = "event.type == \"vip\"", path = "/vip" }, new { match = "event.data.n > 10", path = "/big" } }, @default = "/rest" },
                },
                new { pubsubname = "pubsub", topic = "dead", route = "/dead" })
            .On("/*"));

        await PublishAsync(sidecar, "t", 1, "?metadata.cloudevent.type=vip");
        await PublishAsync(sidecar, "t", 11);
        await PublishAsync(sidecar, "t", 2);
        using var missing = await sidecar.PostAsync("/v1.0/publish/pubsub/t", new { other = 1 });

        (await sidecar.App.ReceivedAsync("/vip"))[0].Numbers().Should().Equal(1);
        (await sidecar.App.ReceivedAsync("/big"))[0].Numbers().Should().Equal(11);
        (await sidecar.App.ReceivedAsync("/rest"))[0].Numbers().Should().Equal(2);
        ((int?)(await sidecar.App.ReceivedAsync("/dead"))[0].Json["data"]!["other"]).Should().Be(1);
    }

    [Fact]
    public async Task Raw_bytes_are_wrapped_for_a_raw_subscription_and_must_be_JSON_for_any_other()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app
            .Subscribe(
                new { pubsubname = "pubsub", topic = "plain", route = "/plain", deadLetterTopic = "raw" },
                new { pubsubname = "pubsub", topic = "raw", route = "/raw", metadata = new { rawPayload = "true" } })
            .On("/*"));

        using var json = await sidecar.Http.PostAsync(new Uri("/v1.0/publish/pubsub/plain?metadata.rawPayload=true", UriKind.Relative), new StringContent("{\"a\":1}"));
        using var text = await sidecar.Http.PostAsync(new Uri("/v1.0/publish/pubsub/plain?metadata.rawPayload=true", UriKind.Relative), new StringContent("words"));

        (await sidecar.App.ReceivedAsync("/plain"))[0].Text.Should().Be("{\"a\":1}");
        var wrapped = (await sidecar.App.ReceivedAsync("/raw"))[0].Json;
        ((string?)wrapped["data_base64"], (string?)wrapped["source"], (string?)wrapped["topic"]).Should().Be(("d29yZHM=", "Dapr", "raw"));
    }

    [Fact]
    public async Task In_memory_delivers_one_after_the_other_and_lets_publishers_wait()
    {
        var release = new TaskCompletionSource();
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app
            .Subscribe(new { pubsubname = "pubsub", topic = "t*", route = "/t" }, new { pubsubname = "pubsub", topic = "u", route = "/u" })
            .Handle("/t", (_, _) => release.Task).On("/u"));

        await PublishAsync(sidecar, "t1", 1);
        var second = PublishAsync(sidecar, "t2", 2);
        await PublishAsync(sidecar, "u", 3);
        await sidecar.App.ReceivedAsync("/u");

        second.IsCompleted.Should().BeFalse();
        sidecar.App.Requests.Count(request => request.Path == "/t").Should().Be(1);
        release.SetResult();
        await second;
        (await sidecar.App.ReceivedAsync("/t", 2))[1].Numbers().Should().Equal(2);
    }

    [Fact]
    public async Task A_stop_lets_a_running_delivery_end()
    {
        var release = new TaskCompletionSource();
        await using var sidecar = await SidecarFixture.OneAsync(
            Components.Durable, app => app.Subscribe(new { pubsubname = "pubsub", topic = "t", route = "/t" }).Handle("/t", (_, _) => release.Task), options => options with { GracefulShutdown = Probe.Patience });
        await PublishAsync(sidecar, "t", 1);
        await sidecar.App.ReceivedAsync("/t");

        var stop = sidecar.StopAsync();

        stop.IsCompleted.Should().BeFalse();
        release.SetResult();
        await stop.WaitAsync(Probe.Patience);
    }

    private static async Task PublishAsync(RunningSidecar sidecar, string topic, int n, string query = "")
    {
        using var answer = await sidecar.PostAsync($"/v1.0/publish/pubsub/{topic}{query}", new { n });
        answer.EnsureSuccessStatusCode();
    }
}
