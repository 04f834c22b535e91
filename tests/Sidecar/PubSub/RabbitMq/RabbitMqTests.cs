using Resort.Sidecar.Components;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.PubSub.RabbitMq;

public sealed class RabbitMqTests(RabbitMqFixture rabbit) : IClassFixture<RabbitMqFixture>
{
    [ServerFact(RabbitMqServer.Program)]
    public async Task Nothing_that_was_taken_is_lost_when_the_broker_is_killed_and_the_consumer_restarts()
    {
        var topic = rabbit.Topic();
        await using var fixture = new SidecarFixture();
        var publisher = await fixture.StartAsync("publisher", rabbit.Safe());
        var consumer = await fixture.StartAsync("shop", rabbit.Safe(("prefetchCount", "10")), app => app.Subscribe(To(topic)).On("/t"));
        using var stop = new CancellationTokenSource();
        var publishing = PublishOnAsync(publisher, topic, stop.Token);

        await consumer.App.ReceivedAsync("/t", 20);
        await rabbit.Server.KillAsync();
        await rabbit.Server.StartAsync();
        var before = consumer.App.Requests.Count;
        await Probe.UntilAsync("deliveries after the broker's restart", () => consumer.App.Requests.Count > before + 20);
        await consumer.StopAsync();
        await Probe.UntilAsync("messages that wait for the consumer", () => rabbit.WaitingAsync($"shop-{topic}"), waiting => waiting > 20);
        await stop.CancelAsync();
        var taken = await publishing;
        await consumer.StartAsync();

        await Probe.UntilAsync("all that was taken", async () => (Missing: string.Join(' ', taken.Except(Numbers(consumer))), Taken: taken[^1], Handled: string.Join(' ', Numbers(consumer).TakeLast(3)), Waiting: await rabbit.WaitingAsync($"shop-{topic}")), seen => seen.Missing.Length == 0);
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task A_sidecar_whose_broker_is_lost_while_it_ends_ends_well()
    {
        using var line = new Line(rabbit.Server.Port);
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", RabbitMqFixture.Of($"amqp://guest:guest@127.0.0.1:{line.Port}"), app => app.Subscribe(To(rabbit.Topic())).On("/t"));
        for (var time = 0; time < 20; time++)
        {
            var cut = Task.Run(line.Cut);
            await sidecar.StopAsync();
            await cut;
            await sidecar.StartAsync();
        }
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task What_fails_stays_in_the_queue_until_it_succeeds()
    {
        var topic = rabbit.Topic();
        var broken = true;
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", rabbit.Safe(), app => app.Subscribe(To(topic)).On("/t", _ => (broken ? 500 : 200, null)));
        await PublishAsync(sidecar, topic, 1);
        await sidecar.App.ReceivedAsync("/t", 3);

        await fixture.RestartAsync();
        broken = false;

        await Probe.UntilAsync("an empty queue", () => rabbit.WaitingAsync($"shop-{topic}"), waiting => waiting == 0);
        Numbers(sidecar).Should().OnlyContain(n => n == 1);
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task With_enableDeadLetter_what_fails_is_kept_in_a_queue_beside()
    {
        var topic = rabbit.Topic();
        await using var sidecar = await SidecarFixture.OneAsync(rabbit.Component(("enableDeadLetter", "true"), ("deletedWhenUnused", "false")), app => app.Subscribe(To(topic)).On("/t", 500));

        await PublishAsync(sidecar, topic, 1);

        await Probe.UntilAsync("a dead letter", () => rabbit.WaitingAsync($"dlq-shop-{topic}"), letters => letters == 1);
        Numbers(sidecar).Should().Equal(1);
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task A_subscription_may_name_its_queue_and_its_routing_keys()
    {
        var topic = rabbit.Topic();
        var metadata = new { queueName = $"named-{topic}", routingKey = "eu.*,us.ny", maxPriority = "5", queueType = "classic", maxLen = "100" };
        await using var sidecar = await SidecarFixture.OneAsync(rabbit.Component(("exchangeKind", "topic"), ("deletedWhenUnused", "false")), app => app
            .Subscribe(new { pubsubname = "pubsub", topic, route = "/t", metadata }).On("/t"));

        foreach (var (n, key) in new[] { (1, "eu.de"), (2, "us.sf"), (3, "us.ny") }) await PublishAsync(sidecar, topic, n, $"?metadata.routingKey={key}&metadata.priority=3");

        await sidecar.App.ReceivedAsync("/t", 2);
        Numbers(sidecar).Order().Should().Equal(1, 3);
        (await rabbit.WaitingAsync($"named-{topic}")).Should().Be(0);
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task A_batch_that_is_repeated_does_not_hold_up_the_next_one()
    {
        var topic = rabbit.Topic();
        await using var sidecar = await SidecarFixture.OneAsync(rabbit.Safe() + Components.Retry(3, "300ms"), app => app
            .Subscribe(new { pubsubname = "pubsub", topic, route = "/t", bulkSubscribe = new { enabled = true, maxMessagesCount = 2, maxAwaitDurationMs = 50 } })
            .On("/t", request => (200, request.Statuses(n => n == 1 ? "RETRY" : "SUCCESS"))));

        await PublishAsync(sidecar, topic, 1);
        await sidecar.App.ReceivedAsync("/t");
        await PublishAsync(sidecar, topic, 2);

        await Probe.UntilAsync("the second", () => Numbers(sidecar).Contains(2));
        Numbers(sidecar).Count(n => n == 1).Should().BeLessThan(4, "its retries take about a second");
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task What_no_queue_takes_any_more_is_not_called_published()
    {
        var topic = rabbit.Topic();
        await using var sidecar = await SidecarFixture.OneAsync(rabbit.Safe(), app => app.Subscribe(To(topic)).On("/t"));
        await PublishAsync(sidecar, topic, 1);
        await rabbit.UnbindAsync($"shop-{topic}", topic); // as a RabbitMQ does that was killed before it had written the binding

        var (status, error) = await sidecar.CallAsync(HttpMethod.Post, $"/v1.0/publish/pubsub/{topic}", new { n = 2 });

        status.Should().Be(500);
        ((string?)error!["message"]).Should().EndWith($"no queue takes what is published to {topic}");
        await PublishAsync(sidecar, topic, 3); // from then on it is a topic without subscribers
    }

    [ServerFact(RabbitMqServer.Program)]
    public async Task A_publish_finds_the_broker_again_after_a_restart()
    {
        var topic = rabbit.Topic();
        await using var sidecar = await SidecarFixture.OneAsync(rabbit.Safe());
        await PublishAsync(sidecar, topic, 1);

        await rabbit.Server.KillAsync();
        var (status, error) = await sidecar.CallAsync(HttpMethod.Post, $"/v1.0/publish/pubsub/{topic}", new { n = 2 });
        await rabbit.Server.StartAsync();

        (status, (string?)error!["errorCode"]).Should().Be((500, "ERR_PUBSUB_PUBLISH_MESSAGE"));
        await PublishAsync(sidecar, topic, 3);
    }

    [Theory]
    [InlineData("amqp://guest:secret@127.0.0.1:1", "", "", "cannot use RabbitMQ at 127.0.0.1:1: Connection refused")]
    [InlineData("secret", "", "", "metadata `connectionString` must be an address such as amqp://user:password@host:5672/vhost")]
    [InlineData("amqp://h", "protocol", "amqps", "metadata `protocol` must be amqp as in `connectionString`, not 'amqps'")]
    [InlineData("amqp://h", "deliveryMode", "3", "metadata `deliveryMode` must be 0 to 2, not '3'")]
    [InlineData("amqp://h", "prefetchCount", "many", "metadata `prefetchCount` must be a whole number, not 'many'")]
    [InlineData("amqp://h", "concurrencyMode", "some", "metadata `concurrencyMode` must be parallel or single, not 'some'")]
    [InlineData("amqp://h", "concurrency", "single", "it is called `concurrencyMode`")]
    [InlineData("amqp://h", "clientKey", "secret", "metadata `clientKey`: the embedded sidecar has no certificates of its own; run this on daprd")]
    public async Task A_wrong_value_ends_the_start_with_file_and_line(string connectionString, string name, string value, string expected)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", RabbitMqFixture.Of(connectionString, name.Length > 0 ? [(name, value)] : []));

        var message = (await start.Should().ThrowAsync<ResourceException>()).Which.Message;
        message.Should().MatchRegex(@"resources\.yaml:\d+: ").And.Contain(expected).And.NotContain("secret");
    }

    private static object To(string topic) => new { pubsubname = "pubsub", topic, route = "/t" };

    private static IEnumerable<int> Numbers(RunningSidecar sidecar) => sidecar.App.Requests.Where(request => request.Path == "/t").SelectMany(request => request.Numbers());

    /// <summary>Publishes one number after the other until it is stopped: those that were taken.</summary>
    private static async Task<List<int>> PublishOnAsync(RunningSidecar sidecar, string topic, CancellationToken stop)
    {
        var taken = new List<int>();
        for (var n = 1; !stop.IsCancellationRequested; n++)
            if ((await sidecar.CallAsync(HttpMethod.Post, $"/v1.0/publish/pubsub/{topic}", new { n })).Status == 204) taken.Add(n);
        return taken;
    }

    private static async Task PublishAsync(RunningSidecar sidecar, string topic, int n, string query = "")
    {
        using var answer = await sidecar.PostAsync($"/v1.0/publish/pubsub/{topic}{query}", new { n });
        answer.EnsureSuccessStatusCode();
    }
}
