using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.PubSub;

public sealed class PublishTests
{
    private static readonly object subscription = new { pubsubname = "pubsub", topic = "orders", route = "/orders" };

    [Theory]
    [InlineData(Components.InMemory)]
    [InlineData(Components.Durable)]
    public async Task An_event_reaches_the_app_in_its_envelope(string component)
    {
        await using var sidecar = await SidecarFixture.OneAsync(component, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await sidecar.PostAsync("/v1.0/publish/pubsub/orders?metadata.partitionKey=k1", new { total = 12.50 });

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var delivery = (await sidecar.App.ReceivedAsync("/orders"))[0];
        var envelope = delivery.Json.AsObject();
        envelope.Select(field => field.Key).Should().BeInAscendingOrder(StringComparer.Ordinal);
        Guid.TryParse((string)envelope["id"]!, out _).Should().BeTrue();
        DateTimeOffset.Parse((string)envelope["time"]!, null).Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(30));
        envelope.Remove("id");
        envelope.Remove("time");
        envelope.ToJsonString().Should().Be(
            """{"data":{"total":12.5},"datacontenttype":"application/json; charset=utf-8","pubsubname":"pubsub","source":"shop","specversion":"1.0","topic":"orders","traceid":"","traceparent":"","tracestate":"","type":"com.dapr.event.sent"}""");
        delivery.Header("content-type").Should().Be("application/cloudevents+json");
        delivery.Header("pubsubname").Should().Be("pubsub");
        delivery.Header("partitionKey").Should().Be("k1", "the publisher's metadata arrives as headers");
    }

    [Theory]
    [InlineData("application/json", "{\"a\":1.10} and more", "{\"a\":1.10}")]
    [InlineData("application/json", "{\"a\": ", "\"{\\\"a\\\": \"")]
    [InlineData("Application/JSON; charset=utf-8", "1e3", "1e3")]
    [InlineData("application/vnd.acme+json", "[1]", "\"[1]\"")]
    [InlineData(null, "주문", "\"주문\"")]
    public async Task The_content_type_decides_what_becomes_of_the_body(string? type, string body, string data)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await PublishAsync(sidecar, "/v1.0/publish/pubsub/orders", body, type);

        var delivery = (await sidecar.App.ReceivedAsync("/orders"))[0];
        delivery.Text.Should().Contain($"\"data\":{data},\"datacontenttype\":\"{type ?? "text/plain"}\"");
    }

    [Fact]
    public async Task Bytes_travel_as_base64()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await PublishAsync(sidecar, "/v1.0/publish/pubsub/orders", "\0ÿ", "application/octet-stream");

        ((string?)(await sidecar.App.ReceivedAsync("/orders"))[0].Json["data_base64"]).Should().Be(Convert.ToBase64String(Encoding.UTF8.GetBytes("\0ÿ")));
    }

    [Fact]
    public async Task The_query_overrides_fields_of_the_envelope()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await sidecar.PostAsync(
            "/v1.0/publish/pubsub/orders?metadata.cloudevent.id=e-1&metadata.cloudevent.type=placed&metadata.cloudevent.subject=s&metadata.cloudevent.traceid=t&metadata.ttlInSeconds=60", 1);

        var envelope = (await sidecar.App.ReceivedAsync("/orders"))[0].Json;
        ((string?)envelope["id"], (string?)envelope["type"], (string?)envelope["subject"]).Should().Be(("e-1", "placed", "s"));
        ((string?)envelope["traceid"], (string?)envelope["traceparent"]).Should().Be(("t", "t"));
        DateTimeOffset.Parse((string)envelope["expiration"]!, null).Should().BeAfter(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_CloudEvent_is_completed_but_otherwise_kept()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await PublishAsync(sidecar, "/v1.0/publish/pubsub/orders", """{"type":"placed","topic":"mine","extra":[1.0],"traceid":"t"}""", "application/cloudevents+json");

        var envelope = (await sidecar.App.ReceivedAsync("/orders"))[0].Json.AsObject();
        envelope.Remove("time");
        envelope.ToJsonString().Should().Be("""{"extra":[1.0],"pubsubname":"pubsub","source":"Dapr","specversion":"1.0","topic":"orders","traceid":"t","tracestate":"","type":"placed"}""");
    }

    [Fact]
    public async Task The_trace_of_the_publisher_is_passed_on()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var sidecar = await SidecarFixture.OneAsync(Components.InMemory, app => app.Subscribe(subscription).On("/orders"));

        using var answer = await PublishAsync(sidecar, "/v1.0/publish/pubsub/orders", "1", "application/json", ("traceparent", Trace));

        var delivery = (await sidecar.App.ReceivedAsync("/orders"))[0];
        (delivery.Header("traceparent"), (string?)delivery.Json["traceid"], answer.Headers.GetValues("traceparent").Single()).Should().Be((Trace, Trace, Trace));
    }

    [Theory]
    [InlineData("/v1.0/publish/nope/orders", "1", null, 404, "ERR_PUBSUB_NOT_FOUND", "pubsub nope is not found")]
    [InlineData("/v1.0/publish/pubsub", "1", null, 404, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id")]
    [InlineData("/v1.0/publish/pubsub/orders?metadata.rawPayload=yes", "1", null, 400, "ERR_PUBSUB_REQUEST_METADATA", "failed deserializing metadata. Error: rawPayload value must be a valid boolean: actual is 'yes'")]
    [InlineData("/v1.0/publish/pubsub/orders", "[1]", "application/cloudevents+json", 500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "cannot create cloudevent")]
    [InlineData("/v1.0/publish/pubsub/closed", "1", null, 403, "ERR_PUBSUB_FORBIDDEN", "topic closed is not allowed for app id shop")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders", "{}", null, 400, "ERR_PUBSUB_EVENTS_SER", "error when unmarshaling the request for topic orders pubsub pubsub: *")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders", "[{\"entryId\":\"\",\"event\":1,\"contentType\":\"application/json\"}]", null, 400, "ERR_PUBSUB_EVENTS_SER", "error marshaling events to bytes *")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders", "[{\"entryId\":\"1\",\"event\":{},\"contentType\":\"text/plain\"}]", null, 400, "ERR_PUBSUB_EVENTS_SER", "*mismatch between contentType and event")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders", "[{\"entryId\":\"1\",\"event\":\"no!\",\"contentType\":\"application/octet-stream\"}]", null, 400, "ERR_PUBSUB_EVENTS_SER", "*illegal base64 data at input byte 2")]
    public async Task What_cannot_be_published_is_refused(string path, string body, string? type, int status, string code, string message)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Components.With(Components.InMemory, ("publishingScopes", "shop=orders")));

        using var answer = await PublishAsync(sidecar, path, body, type);

        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((int)answer.StatusCode, (string?)error["errorCode"]).Should().Be((status, code));
        ((string?)error["message"]).Should().Match(message);
    }

    [Fact]
    public async Task A_bulk_publish_keeps_the_order_of_its_entries()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            Components.With(Components.Durable, ("concurrency", "1")), app => app.Subscribe(subscription).On("/orders"));

        using var answer = await sidecar.PostAsync("/v1.0-alpha1/publish/bulk/pubsub/orders?metadata.cloudevent.type=query",
            Enumerable.Range(0, 50).Select(n => new { entryId = $"{n}", @event = new { n }, contentType = "application/json", metadata = new Dictionary<string, string> { ["cloudevent.id"] = $"e-{n}" } }));

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        var deliveries = await sidecar.App.ReceivedAsync("/orders", 50);
        deliveries.SelectMany(delivery => delivery.Numbers()).Should().Equal(Enumerable.Range(0, 50));
        ((string?)deliveries[7].Json["id"], (string?)deliveries[7].Json["type"]).Should().Be(("e-7", "query"));
    }

    private static Task<HttpResponseMessage> PublishAsync(RunningSidecar sidecar, string path, string body, string? type, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("content-type", type);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return sidecar.Http.SendAsync(request);
    }
}
