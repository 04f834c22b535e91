using System.Text.Json;
using Dapr;

namespace Resort.Tests.Sdk.Client;

/// <summary>What publishing puts on the wire.</summary>
public class PublishRequestTests
{
    private static readonly Dictionary<string, string> metadata = new() { ["cloudevent.id"] = "r1:Held", ["partitionKey"] = "r1" };

    [Fact]
    public async Task Data_goes_as_JSON_of_its_declared_type()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().PublishEventAsync<Event>("pubsub", "a/topic", new Held("r1", 2));
        sidecar.Request.Method.Should().Be("POST");
        sidecar.Request.Target.Should().Be("/v1.0/publish/pubsub/a%2Ftopic");
        sidecar.Request.Header("Content-Type").Should().Be("application/json");
        sidecar.Request.Body.Should().Be("""{"reservationId":"r1"}""");
    }

    [Fact]
    public async Task Metadata_goes_into_the_query()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().PublishEventAsync("pubsub", "topic", 1, metadata);
        sidecar.Request.Target.Should().Be("/v1.0/publish/pubsub/topic?metadata.cloudevent.id=r1%3AHeld&metadata.partitionKey=r1");
    }

    [Fact]
    public async Task The_clients_JSON_options_count()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var snakes = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        await sidecar.Client(builder => builder.UseJsonSerializationOptions(snakes)).PublishEventAsync("pubsub", "topic", new Held("r1", 2));
        sidecar.Request.Body.Should().Be("""{"rooms":2,"reservation_id":"r1"}""");
    }

    [Fact]
    public async Task A_cloud_event_goes_as_an_envelope()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var held = new CloudEvent<Held>(new Held("r1", 2)) { Source = new Uri("urn:resort"), Type = "held", Subject = "r1" };
        await sidecar.Client().PublishEventAsync("pubsub", "topic", held);
        sidecar.Request.Header("Content-Type").Should().Be("application/cloudevents+json");
        JsonDocument.Parse(sidecar.Request.Body).RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetRawText()}")
            .Should().BeEquivalentTo(
                """data={"rooms":2,"reservationId":"r1"}""",
                "datacontenttype=\"application/json\"",
                "source=\"urn:resort\"",
                "type=\"held\"",
                "subject=\"r1\"");
    }

    [Fact]
    public async Task An_event_without_data_has_neither_body_nor_content_type()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().PublishEventAsync("pubsub", "topic", metadata);
        sidecar.Request.Target.Should().EndWith("metadata.partitionKey=r1");
        sidecar.Request.Body.Should().BeEmpty();
        sidecar.Request.Header("Content-Type").Should().BeNull();
    }

    private record Event(string ReservationId);

    private sealed record Held(string ReservationId, int Rooms) : Event(ReservationId);
}
