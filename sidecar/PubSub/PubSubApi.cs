using System.Text.Json;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.PubSub;

/// <summary>Publish and bulk publish.</summary>
internal sealed class PubSubApi(Brokers brokers, string appId, TimeProvider clock)
{
    private readonly EnvelopeWriter envelopes = new(appId, clock);

    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes)
    {
        routes.Map("POST,PUT", "/v1.0/publish/{pubsub}/{topic*}", PublishAsync);
        routes.Map("POST,PUT", "/v1.0/publish/bulk/{pubsub}/{topic*}", PublishBulkAsync);
        routes.Map("POST,PUT", "/v1.0-alpha1/publish/bulk/{pubsub}/{topic*}", PublishBulkAsync);
    }

    private async Task PublishAsync(ApiContext call)
    {
        var (component, topic) = Target(call);
        var body = await call.ReadBodyAsync(reason => Errors.NotPublished(component.Name, topic, reason));
        var data = PublishMetadata.IsRaw(call.Metadata, component.Name)
            ? body.ToArray()
            : envelopes.Write(Traced(call, component, new Publication(component.Name, topic, body, call.Http.Request.ContentType, call.Metadata)));
        await component.PublishAsync(topic, data, call.Metadata, call.Aborted);
        await call.NoContent();
    }

    private async Task PublishBulkAsync(ApiContext call)
    {
        var (component, topic) = Target(call);
        var body = await call.ReadBodyAsync(reason => Errors.BulkUnreadable(component.Name, topic, appId, reason));
        var raw = PublishMetadata.IsRaw(call.Metadata, component.Name);
        var entries = new BulkPublishBody(component.Name, topic, appId, call.Metadata).Read(body);
        var messages = entries.ConvertAll(entry =>
            (Data: raw ? entry.Event.ToArray() : envelopes.Write(Traced(call, component, new Publication(component.Name, topic, entry.Event, entry.ContentType, entry.Metadata))), (IReadOnlyDictionary<string, string>)entry.Metadata));
        var errors = await component.PublishManyAsync(topic, messages, call.Aborted);
        var failures = entries.Zip(errors).Where(entry => entry.Second is not null).Select(entry => new BulkPublishFailure(entry.First.Id, entry.Second!.Message)).ToList();
        if (failures.Count == 0) await call.NoContent();
        else await call.Json(writer => BulkPublishFailure.Write(writer, failures), StatusCodes.Status500InternalServerError);
    }

    private static Publication Traced(ApiContext call, PubSubComponent component, Publication publication) =>
        publication with { TraceParent = call.Trace.Parent, TraceState = call.Trace.State, BrokerExpires = component.Capabilities.Contains("MESSAGE_TTL") };

    /// <summary>The component and the topic of a path; a slash at its end does not belong to the topic.</summary>
    private (PubSubComponent, string) Target(ApiContext call) =>
        (brokers.Get(call["pubsub"]), call.EscapedPath.EndsWith('/') ? call["topic"].TrimEnd('/') : call["topic"]);
}

/// <summary>An entry of a bulk publish that the broker did not take.</summary>
internal sealed record BulkPublishFailure(string EntryId, string Error)
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<BulkPublishFailure> failures)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("failedEntries");
        foreach (var failure in failures)
        {
            writer.WriteStartObject();
            writer.WriteString("entryId", failure.EntryId);
            writer.WriteString("error", failure.Error);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("errorCode", "ERR_PUBSUB_PUBLISH_MESSAGE");
        writer.WriteEndObject();
    }
}
