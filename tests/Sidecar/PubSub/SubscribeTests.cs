using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.PubSub;

public sealed class SubscribeTests
{
    private const string Declared = """

        ---
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: {name: declared}
        spec: {pubsubname: pubsub, topic: declared, routes: {default: /declared}}
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Subscription
        metadata: {name: both}
        spec: {pubsubname: pubsub, topic: both, route: /declared}
        """;

    [Fact]
    public async Task What_files_declare_and_what_the_app_says_add_up_and_the_app_wins()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory + Declared, app => app
            .Subscribe(
                new { PubsubName = "pubsub", TOPIC = "both", Route = "app/" },
                new { pubsubname = "pubsub", topic = "twice", route = "/first" }, new { pubsubname = "pubsub", topic = "twice", route = "/second" },
                new { pubsubname = "pubsub", topic = "no-route" }, new { pubsubname = "elsewhere", topic = "x", route = "/x" })
            .On("/*"));

        foreach (var topic in new[] { "declared", "both", "twice" })
            using (await sidecar.PostAsync($"/v1.0/publish/pubsub/{topic}", new { n = 1 })) { }

        await sidecar.App.ReceivedAsync("/declared");
        await sidecar.App.ReceivedAsync("/app");
        await sidecar.App.ReceivedAsync("/second");
        sidecar.App.Requests.Count(request => request.Method == "POST").Should().Be(3);
        var (_, metadata) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");
        metadata!["subscriptions"]!.AsArray().Select(s => $"{s!["topic"]} {s["type"]} {s["rules"]?[0]?["path"]}").Should().Equal(
            "declared DECLARATIVE /declared", "both PROGRAMMATIC app/", "twice PROGRAMMATIC /second", "x PROGRAMMATIC /x");
    }

    [Theory]
    [InlineData(404, null, true)]
    [InlineData(500, "[{\"pubsubname\":\"pubsub\",\"topic\":\"t\",\"route\":\"/t\"}]", true)]
    [InlineData(200, "null", true)]
    [InlineData(200, "{}", false)]
    [InlineData(200, "[{\"topic\":", false)]
    [InlineData(200, "[{\"pubsubname\":\"pubsub\",\"topic\":\"t\",\"route\":\"/t\",\"metadata\":{\"rawPayload\":true}}]", false)]
    [InlineData(200, "[{\"pubsubname\":\"pubsub\",\"topic\":\"t\",\"routes\":{\"rules\":[{\"match\":\"event.type ==\",\"path\":\"/t\"}]}}]", false)]
    public async Task An_answer_that_cannot_be_read_stops_the_declared_subscriptions_too(int status, string? answer, bool declaredStart)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory + Declared, app => app.On("/dapr/subscribe", status, answer).On("/*"));

        using (await sidecar.PostAsync("/v1.0/publish/pubsub/declared", new { n = 1 })) { }
        using (await sidecar.PostAsync("/v1.0/publish/pubsub/t", new { n = 1 })) { }

        if (declaredStart) await sidecar.App.ReceivedAsync("/declared");
        sidecar.App.Requests.Count(request => request.Method == "POST").Should().Be(declaredStart ? 1 : 0);
    }

    [Fact]
    public async Task A_subscription_outside_of_the_scopes_never_starts()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            Components.With(Components.InMemory, ("protectedTopics", "secret"), ("subscriptionScopes", "shop= mine")),
            app => app.Subscribe(new { pubsubname = "pubsub", topic = "mine", route = "/mine" }, new { pubsubname = "pubsub", topic = "open", route = "/open" }).On("/*"));

        using (await sidecar.PostAsync("/v1.0/publish/pubsub/open", new { n = 1 })) { }
        using (await sidecar.PostAsync("/v1.0/publish/pubsub/mine", new { n = 1 })) { }

        await sidecar.App.ReceivedAsync("/mine");
        sidecar.App.Requests.Should().NotContain(request => request.Path == "/open");
    }

    [Fact]
    public async Task A_declared_rule_that_is_no_expression_ends_the_start()
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", Components.InMemory + """

            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata: {name: bad}
            spec: {pubsubname: pubsub, topic: t, routes: {rules: [{match: "event.type ==", path: /t}]}}
            """);

        await start.Should().ThrowAsync<ResourceException>().WithMessage("*resources.yaml:*: rule `event.type ==`: 1:14: expected a value, not the end");
    }

    [Theory]
    [InlineData("concurrency", "none", "*metadata `concurrency` must be a whole number, not 'none'")]
    [InlineData("concurrency", "0", "*metadata `concurrency` must be at least 1, not '0'")]
    [InlineData("retention", "a week", "*metadata `retention` must be a duration such as 500ms, 2s or 1m30s, not 'a week'")]
    [InlineData("durable", "true", "*metadata `durable` is not known to this component; it knows *")]
    public async Task Metadata_that_the_durable_broker_cannot_use_ends_the_start(string name, string value, string problem)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", Components.With(Components.Durable, (name, value)));

        await start.Should().ThrowAsync<ResourceException>().WithMessage(problem);
    }

    [Fact]
    public async Task Topics_of_a_component_that_names_the_namespace_are_apart()
    {
        await using var fixture = new SidecarFixture();
        var component = Components.With(Components.Durable, ("consumerID", "{namespace}"));
        var subscription = new { pubsubname = "pubsub", topic = "t", route = "/t" };
        var red = await fixture.StartAsync("shop", component, app => app.Subscribe(subscription).On("/t"), options => options with { Namespace = "red" });
        var blue = await fixture.StartAsync("shop", component, app => app.Subscribe(subscription).On("/t"), options => options with { Namespace = "blue" });

        using (await red.PostAsync("/v1.0/publish/pubsub/t", new { n = 1 })) { }
        using (await blue.PostAsync("/v1.0/publish/pubsub/t", new { n = 2 })) { }

        (await red.App.ReceivedAsync("/t"))[0].Numbers().Should().Equal(1);
        ((string?)(await blue.App.ReceivedAsync("/t"))[0].Json["topic"]).Should().Be("t");
    }
}
