using Dapr;
using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>Events from the client through the embedded sidecar to endpoints that subscribe with the SDK.</summary>
public class PubSubTests(EmbeddedSidecar sidecar) : IClassFixture<EmbeddedSidecar>
{
    private readonly DaprClient client = sidecar.Client;
    private readonly Deliveries deliveries = sidecar.Deliveries;

    [Fact]
    public async Task Data_arrives_without_its_envelope()
    {
        await client.PublishEventAsync("pubsub", "plain", new Held("plain-1", 2));
        var delivery = await deliveries.OfAsync("plain-1");
        delivery.Should().BeEquivalentTo(new { Route = "/plain", ContentType = "application/json", Body = """{"reservationId":"plain-1","rooms":2}""" });
        delivery.Headers["Cloudevent.source"].Should().Be("shop");
    }

    [Fact]
    public async Task Metadata_shapes_the_envelope()
    {
        var metadata = new Dictionary<string, string> { ["cloudevent.id"] = "held:7", ["cloudevent.type"] = "held" };
        await client.PublishEventAsync("pubsub", "plain", new Held("x"), metadata);
        (await deliveries.OfAsync("held:7")).Headers["Cloudevent.type"].Should().Be("held");
    }

    [Fact]
    public async Task A_cloud_event_is_its_own_envelope()
    {
        await client.PublishEventAsync("pubsub", "plain", new CloudEvent<Held>(new Held("own-1")) { Type = "own", Source = new Uri("urn:own"), Subject = "s" });
        var delivery = await deliveries.OfAsync("own-1");
        delivery.ContentType.Should().Be("application/json");
        delivery.Headers["Cloudevent.type"].Should().Be("own");
        delivery.Headers["Cloudevent.source"].Should().Be("urn:own");
        delivery.Headers["Cloudevent.subject"].Should().Be("s");
    }

    [Fact]
    public async Task An_event_can_be_without_data()
    {
        await client.PublishEventAsync("pubsub", "plain", new Dictionary<string, string> { ["cloudevent.id"] = "empty-1" });
        (await deliveries.OfAsync("empty-1")).Body.Should().BeEmpty();
        await client.PublishEventAsync("pubsub", "plain");
    }

    [Fact]
    public async Task Rules_choose_the_endpoint()
    {
        await client.PublishEventAsync("pubsub", "ruled", new Held("ruled-3", 3));
        await client.PublishEventAsync("pubsub", "ruled", new Held("ruled-1", 1));
        (await deliveries.OfAsync("ruled-3")).Route.Should().Be("/large");
        (await deliveries.OfAsync("ruled-1")).Route.Should().Be("/small");
    }

    [Fact]
    public async Task Batches_arrive_as_batches()
    {
        await client.PublishEventAsync("pubsub", "batched", new Held("batch-1"));
        (await deliveries.OfAsync("batch-1")).Should().BeEquivalentTo(new { Route = "/batch/batched", ContentType = "application/cloudevents+json" });
    }

    [Fact]
    public async Task A_component_that_does_not_exist_is_told()
    {
        var call = () => client.PublishEventAsync("nowhere", "plain", 1);
        await call.Should().ThrowAsync<DaprException>().WithMessage("*404 ERR_PUBSUB_NOT_FOUND: pubsub nowhere is not found");
    }
}
