namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>
    /// Publishes <paramref name="data"/> as JSON of its declared type (<c>POST /v1.0/publish/{pubsubName}/{topicName}</c>).
    /// A <see cref="CloudEvent"/> is published as the envelope itself.
    /// </summary>
    public abstract Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, CancellationToken cancellationToken = default);

    /// <summary>
    /// Publishes <paramref name="data"/> as JSON of its declared type. <paramref name="metadata"/> such as <c>cloudevent.id</c>,
    /// <c>partitionKey</c> or <c>ttlInSeconds</c> goes to Dapr and the component.
    /// </summary>
    public abstract Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData data, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);

    /// <summary>Publishes an event without data.</summary>
    public abstract Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default);

    /// <summary>Publishes an event without data. A dictionary as third argument means this overload: it is metadata, never data.</summary>
    public abstract Task PublishEventAsync(
        string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);
}
