using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Servers;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Redis;

/// <summary>
/// <c>pubsub.redis</c>: a topic is a stream with daprd's entries, a consumer group has the name of <c>consumerID</c> (by default the app id) and begins
/// with the oldest message. Unlike daprd it does not acknowledge what was not handled: that stays pending and comes again after <c>processingTimeout</c>.
/// </summary>
internal sealed class RedisBroker : IBroker, IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    private readonly List<Task> running = [];
    private readonly RedisBrokerSettings settings;
    private readonly RedisConnections connections;
    private readonly RedisConnection redis;
    private readonly Slots slots;
    private readonly TimeProvider clock;
    private readonly ILogger log;

    private RedisBroker(RedisBrokerSettings settings, RedisConnection redis, DaprRuntime runtime)
    {
        (this.settings, this.redis, connections, clock) = (settings, redis, runtime.Process.Redis, runtime.Process.Clock);
        slots = new Slots(settings.Concurrency);
        log = runtime.Loggers.CreateLogger<RedisBroker>();
    }

    /// <summary>Connects to the server of a component.</summary>
    /// <exception cref="ResourceException">The metadata is wrong, or the server cannot be reached.</exception>
    public static async Task<IBroker> CreateAsync(Component component, DaprRuntime runtime)
    {
        var settings = RedisBrokerSettings.Read(component.Metadata, runtime.Options.AppId);
        try { return new RedisBroker(settings, await runtime.Process.Redis.GetAsync(settings.Server), runtime); }
        catch (StorageException e) { throw new ResourceException(component.Metadata.LocationOf("redisHost"), e.Message); }
    }

    public IReadOnlyList<string> Capabilities { get; } = [];

    public bool Redelivers => settings.Redelivers;

    public Database? Database => null;

    public Task PublishAsync(Message message) => Stream(message.Topic).AppendAsync(message, clock.GetUtcNow());

    public bool TryEnqueue(Database database, Session session, Message message) => false;

    public Task<IDisposable> SubscribeAsync(Consumer consumer)
    {
        var subscription = new RedisSubscription(consumer, Stream(consumer.Topic), settings, slots, () => connections.OpenAsync(settings.Server), clock, log);
        lock (running)
        {
            running.RemoveAll(other => other.IsCompleted);
            running.Add(subscription.Ended);
        }
        return Task.FromResult<IDisposable>(subscription);
    }

    /// <summary>Waits until subscriptions that have ended have given back what they had not begun.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] last;
        lock (running) last = [.. running];
        await Task.WhenAll(last).WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private RedisStream Stream(string topic) => new(topic, settings, redis);
}
