using System.Net;
using Resort.Sidecar.State;

namespace Resort.Tests.Sidecar.State;

public sealed class OutboxTests
{
    private const string Outbox = ", { name: outboxPublishPubsub, value: pubsub }, { name: outboxPublishTopic, value: orders }";
    private const string InMemoryBroker = "pubsub.in-memory";

    [Fact]
    public async Task Each_upsert_is_an_event_and_a_delete_is_none()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);

        (await sidecar.TransactAsync($"{Upsert("a", "1")},{{\"operation\":\"delete\",\"request\":{{\"key\":\"z\"}}}},{Upsert("b", "{\"n\":2}")},{Upsert("a", "3")}")).Status.Should().Be(HttpStatusCode.NoContent);

        (await ReceivedAsync(sidecar, 3)).Should().BeEquivalentTo("1", "{\"n\":2}", "3");
        (await sidecar.GetAsync("a")).Body.Should().Be("3");
        var names = sidecar.App.Requests.Where(request => request.Path == "/orders").Select(request => request.Json.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        names.Should().AllSatisfy(fields => fields.Should().Equal("data", "datacontenttype", "id", "pubsubname", "source", "specversion", "time", "topic", "traceid", "traceparent", "tracestate", "type"));
    }

    [Fact]
    public async Task What_is_refused_publishes_nothing_and_plain_saves_neither()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);
        await sidecar.SaveAsync("""[{"key":"a","value":1}]""");

        (await sidecar.TransactAsync($"{Upsert("b", "1")},{Upsert("a", "2", "\"etag\":\"wrong\"")}")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");
        (await sidecar.TransactAsync(Upsert("a", "2", "\"options\":{\"concurrency\":\"first-write\"}"))).Body.Code().Should().Be("ERR_STATE_TRANSACTION");
        await sidecar.TransactAsync(Upsert("last", "3"));

        (await ReceivedAsync(sidecar, 1)).Should().Equal("3");
    }

    [Fact]
    public async Task An_event_that_was_answered_for_survives_the_end_of_the_sidecar()
    {
        await using var fixture = new SidecarFixture();
        var shop = await fixture.StartAsync("shop", Durable());
        await shop.TransactAsync(Upsert("a", "1"));

        await fixture.RestartAsync();
        var view = await fixture.StartAsync("view", Durable(), Subscribe);

        (await ReceivedAsync(view, 1)).Should().Equal("1");
        view.App.Requests.Single(request => request.Path == "/orders").Json["source"]!.GetValue<string>().Should().Be("shop");
    }

    [Fact]
    public async Task A_full_disk_writes_neither_state_nor_event()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);
        var database = ((SqliteStateStore)sidecar.Runtime.States.All["store"].Store).Database;
        await database.WriteAsync(session => session.QueryFirst($"PRAGMA max_page_count = {session.QueryFirst("PRAGMA page_count", row => row.GetInt64(0))}", row => row.GetInt64(0)));

        (await sidecar.TransactAsync(Upsert("a", $"\"{new string('x', 100_000)}\""))).Body.Code().Should().Be("ERR_STATE_TRANSACTION");

        await database.WriteAsync(session => session.QueryFirst("PRAGMA max_page_count = 4294967294", row => row.GetInt64(0)));
        (await sidecar.GetAsync("a")).Status.Should().Be(HttpStatusCode.NoContent);
        await sidecar.TransactAsync(Upsert("a", "1"));
        (await ReceivedAsync(sidecar, 1)).Should().Equal("1");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("YES")]
    public async Task Projections_give_the_data_of_their_keys_events(string truth)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);
        var projection = $"\"metadata\":{{\"outbox.projection\":\"{truth}\"}}";

        await sidecar.TransactAsync($"{Upsert("a", "\"shown a\"", projection)},{Upsert("a", "\"kept a\"")},{Upsert("b", "\"kept b\"")},{Upsert("b", "\"shown b\"", projection)},{Upsert("alone", "1", projection)}");

        (await ReceivedAsync(sidecar, 2)).Should().BeEquivalentTo("\"shown a\"", "\"shown b\"");
        (await sidecar.GetAsync("a")).Body.Should().Be("\"kept a\"");
        (await sidecar.GetAsync("b")).Body.Should().Be("\"kept b\"");
        (await sidecar.GetAsync("alone")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("\"contentType\":\"application/json\"", "application/json", "data", """{"x":1}""")]
    [InlineData("\"metadata\":{\"contentType\":\"application/json\"}", "application/json", "data", """{"x":1}""")]
    [InlineData("\"contentType\":\"application/json; charset=utf-8\"", "application/json; charset=utf-8", "data", "\"map[x:1]\"")]
    [InlineData("\"contentType\":\"application/octet-stream\"", "application/octet-stream", "data_base64", "\"bWFwW3g6MV0=\"")]
    [InlineData("\"etag\":null", "text/plain", "data", "\"map[x:1]\"")]
    public async Task The_content_type_decides_the_form_of_the_data(string more, string type, string field, string data)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);

        await sidecar.TransactAsync($$$"""{"operation":"upsert","request":{"key":"a","value":{"x":1},{{{more}}}}}""");

        var received = (await sidecar.App.ReceivedAsync("/orders"))[0].Json;
        (received["datacontenttype"]!.GetValue<string>(), received[field]!.ToJsonString()).Should().Be((type, data));
    }

    [Fact]
    public async Task Metadata_overrides_all_but_id_data_and_target()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Durable(), Subscribe);

        await sidecar.TransactAsync(
            Upsert("a", "1", """ "metadata":{"type":"order.created","source":"web","subject":"a","id":"mine","data":"mine","topic":"elsewhere","extension":"x"} """),
            "store/transaction?metadata.extension=from.query");

        var received = (await sidecar.App.ReceivedAsync("/orders"))[0].Json;
        string Field(string name) => received[name]!.ToString();
        (Field("type"), Field("source"), Field("subject"), Field("topic"), Field("extension"), Field("data")).Should().Be(("order.created", "web", "a", "orders", "from.query", "1"));
        received["id"]!.GetValue<string>().Should().StartWith("outbox-");
    }

    [Theory]
    [InlineData("nowhere", "", "pubsub 'nowhere' not found")]
    [InlineData("pubsub", "{ name: publishingScopes, value: shop=orders }", "topic defaultshopordersoutbox is not allowed for app id shop")]
    [InlineData("pubsub", "{ name: publishingScopes, value: shop=defaultshopordersoutbox }", "topic orders is not allowed for app id shop")]
    public async Task What_cannot_be_published_is_not_written(string pubsub, string scopes, string reason)
    {
        var store = StateCalls.Component("store", "state.in-memory", Outbox.TrimStart(',').Replace("value: pubsub", $"value: {pubsub}", StringComparison.Ordinal));
        await using var sidecar = await SidecarFixture.OneAsync(store + StateCalls.Component("pubsub", InMemoryBroker, scopes));

        var (status, error) = await sidecar.TransactAsync(Upsert("a", "1"));

        (status, error.Code(), error.Message()).Should().Be((HttpStatusCode.InternalServerError, "ERR_PUBLISH_OUTBOX", $"error while publishing outbox message: {reason}"));
        (await sidecar.GetAsync("a")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.TransactAsync("""{"operation":"delete","request":{"key":"a"}}""")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Over_a_broker_in_memory_events_come_in_order_by_way_of_the_internal_topic()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite", Outbox.TrimStart(',')) + StateCalls.Component("pubsub", InMemoryBroker), app => app
            .Subscribe(new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "defaultshopordersoutbox", route = "/internal" })
            .On("/orders").On("/internal"));

        foreach (var i in Enumerable.Range(1, 3)) await sidecar.TransactAsync($"{Upsert("a", $"{i}0")},{Upsert("b", $"{i}1")}");

        (await ReceivedAsync(sidecar, 6)).Should().Equal("10", "11", "20", "21", "30", "31");
        var internals = await sidecar.App.ReceivedAsync("/internal", 6);
        internals[0].Json["topic"]!.GetValue<string>().Should().BeEmpty();
        (sidecar.App.Requests.First(request => request.Path == "/orders").At - internals[0].At).Should().BeGreaterThan(TimeSpan.FromMilliseconds(800));
    }

    [Fact]
    public async Task A_store_in_memory_may_publish_to_a_durable_broker()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            StateCalls.Component("store", "state.in-memory", Outbox.TrimStart(',')) + StateCalls.Component("pubsub", "pubsub.sqlite", "{ name: connectionString, value: other.db }"), Subscribe);

        await sidecar.TransactAsync(Upsert("a", "1"));

        (await ReceivedAsync(sidecar, 1)).Should().Equal("1");
    }

    [Fact]
    public async Task State_and_messages_may_be_in_two_files()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            StateCalls.Store("state.sqlite", Outbox.TrimStart(',')) + StateCalls.Component("pubsub", "pubsub.sqlite", "{ name: connectionString, value: other.db }"), Subscribe);

        await sidecar.TransactAsync($"{Upsert("a", "1")},{Upsert("b", "2")}");

        (await ReceivedAsync(sidecar, 2)).Should().Equal("1", "2");
    }

    [Theory]
    [InlineData("{ name: outboxPublishTopic, value: orders }")]
    [InlineData("{ name: OutboxPublishPubSub, value: pubsub }, { name: outboxPublishTopic, value: orders }")]
    public async Task Without_both_names_spelt_exactly_it_is_off(string metadata)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite", metadata) + StateCalls.Component("pubsub", InMemoryBroker));

        sidecar.Runtime.States.All["store"].Outbox.Should().BeNull();
        (await sidecar.TransactAsync(Upsert("a", "1"))).Status.Should().Be(HttpStatusCode.NoContent);
    }

    private static string Durable() => StateCalls.Store("state.sqlite", Outbox.TrimStart(',')) + StateCalls.Component("pubsub", "pubsub.sqlite", "{ name: connectionString, value: state.db }");

    private static void Subscribe(ScriptedApp app) => app.Subscribe(new { pubsubname = "pubsub", topic = "orders", route = "/orders" }).On("/orders");

    private static string Upsert(string key, string value, string more = "\"etag\":null") =>
        $$$"""{"operation":"upsert","request":{"key":"{{{key}}}","value":{{{value}}},"contentType":"application/json",{{{more}}}}}""";

    private static async Task<IEnumerable<string>> ReceivedAsync(RunningSidecar sidecar, int count) =>
        (await sidecar.App.ReceivedAsync("/orders", count)).Select(request => request.Json["data"]!.ToJsonString());
}
