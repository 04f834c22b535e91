using System.Diagnostics;
using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub;

/// <summary>A pub/sub component of one sidecar: its broker, and what the app may do with it.</summary>
internal sealed class PubSubComponent : IAsyncDisposable
{
    private readonly IBroker broker;
    private readonly TopicScopes scopes;
    private readonly string appId;
    private readonly string prefix;
    private readonly Policy outbound;

    public PubSubComponent(Component component, IBroker broker, DaprRuntime runtime)
    {
        (Name, this.broker, appId) = (component.Name, broker, runtime.Options.AppId);
        scopes = new TopicScopes(component.Metadata, appId);
        prefix = runtime.Resources.Components.First(written => written.Name == Name).Metadata.Items.Any(IsNamespaced) ? runtime.Options.Namespace ?? "" : "";
        Metrics = runtime.Metrics.PubSub;
        outbound = runtime.Policies.Component(Name, ComponentKind.Pubsub, Direction.Outbound);
        Inbound = runtime.Policies.Component(Name, ComponentKind.Pubsub, Direction.Inbound);
    }

    public string Name { get; }
    public IReadOnlyList<string> Capabilities => broker.Capabilities;

    /// <summary>What is counted.</summary>
    public PubSubMetrics Metrics { get; }

    /// <summary>How deliveries are limited and repeated.</summary>
    public Policy Inbound { get; }

    /// <summary>Whether a message that was not handled comes again.</summary>
    public bool Redelivers => broker.Redelivers;

    /// <summary>Whether messages that the broker has taken outlive the sidecar.</summary>
    public bool IsDurable => broker.IsDurable;

    /// <summary>The database of this process in which the messages are kept; null if they are elsewhere.</summary>
    public Database? Database => broker.Database;

    public bool MayPublish(string topic) => scopes.MayPublish(topic);

    public bool MaySubscribe(string topic) => scopes.MaySubscribe(topic);

    /// <summary>Publishes bytes to a topic.</summary>
    /// <exception cref="DaprException">The app may not, or the broker or a policy failed.</exception>
    public async Task PublishAsync(string topic, byte[] data, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var success = false;
        try
        {
            await SendAsync(topic, data, metadata, cancel);
            success = true;
        }
        finally { Metrics.Published(Name, topic, success, Stopwatch.GetElapsedTime(began)); }
    }

    /// <summary>Publishes several messages at once: the failures, one for each.</summary>
    /// <exception cref="DaprException">The app may not.</exception>
    public async Task<DaprError?[]> PublishManyAsync(string topic, IReadOnlyList<(byte[] Data, IReadOnlyDictionary<string, string> Metadata)> messages, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var failures = await Task.WhenAll(messages.Select(async message =>
        {
            try
            {
                await SendAsync(topic, message.Data, message.Metadata, cancel);
                return null;
            }
            catch (DaprException e) when (e.Error.Status == StatusCodes.Status500InternalServerError) { return e.Error; }
        }));
        var taken = failures.Count(failure => failure is null);
        Metrics.PublishedInBulk(Name, topic, taken == messages.Count, taken, Stopwatch.GetElapsedTime(began));
        return failures;
    }

    private async Task SendAsync(string topic, byte[] data, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        var message = MessageTo(topic, data, metadata);
        try { await outbound.RunAsync(token => broker.PublishAsync(message).WaitAsync(token), cancel); }
        catch (Exception e) when (e is StorageException or ResiliencyException or ObjectDisposedException)
        {
            throw new DaprException(Errors.NotPublished(Name, topic, e.Message));
        }
    }

    /// <summary>
    /// Publishes in the commit of a write to a database, to be called inside it; false if the broker does not keep its messages in that database,
    /// so that the caller must publish by itself.
    /// </summary>
    /// <exception cref="DaprException">The app may not.</exception>
    public bool TryEnqueue(Database database, Session session, string topic, byte[] data, IReadOnlyDictionary<string, string> metadata) =>
        broker.TryEnqueue(database, session, MessageTo(topic, data, metadata));

    /// <summary>Hands a topic's messages to a consumer, who names the topic without the namespace.</summary>
    public Task<IDisposable> SubscribeAsync(Consumer consumer) => broker.SubscribeAsync(consumer with { Topic = prefix + consumer.Topic });

    /// <summary>The topic of a message as apps know it, without the namespace.</summary>
    public string TopicOf(Message message) => message.Topic[prefix.Length..];

    /// <summary>Ends the broker's connections, if it has any.</summary>
    public ValueTask DisposeAsync() => broker is IAsyncDisposable connected ? connected.DisposeAsync() : ValueTask.CompletedTask;

    private Message MessageTo(string topic, byte[] data, IReadOnlyDictionary<string, string> metadata) =>
        scopes.MayPublish(topic) ? new Message(prefix + topic, data, metadata) : throw new DaprException(Errors.TopicForbidden(Name, topic, appId));

    private static bool IsNamespaced(MetadataItem item) => item.Value?.Contains("{namespace}", StringComparison.Ordinal) ?? false;
}
