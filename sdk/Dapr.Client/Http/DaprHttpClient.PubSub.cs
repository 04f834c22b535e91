using System.Text.Json;

namespace Dapr.Client;

internal sealed partial class DaprHttpClient
{
    public override Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, CancellationToken cancellationToken) =>
        PublishAsync(pubsubName, topicName, EventContent(data), metadata: null, cancellationToken);

    public override Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData data, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return PublishAsync(pubsubName, topicName, EventContent(data), metadata, cancellationToken);
    }

    public override Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken) =>
        PublishAsync(pubsubName, topicName, content: null, metadata: null, cancellationToken);

    public override Task PublishEventAsync(string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return PublishAsync(pubsubName, topicName, content: null, metadata, cancellationToken);
    }

    private HttpContent EventContent<TData>(TData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return JsonBody.Content(
            JsonSerializer.SerializeToUtf8Bytes(data, jsonOptions), data is CloudEvent ? "application/cloudevents+json" : JsonBody.MediaType);
    }

    private Task<SidecarAnswer> PublishAsync(
        string pubsubName, string topicName, HttpContent? content, Dictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(pubsubName);
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        var path = SidecarPath.Of("publish", pubsubName, topicName).WithMetadata(metadata);
        return sidecar.CallAsync(HttpMethod.Post, path, content, cancellationToken);
    }
}
