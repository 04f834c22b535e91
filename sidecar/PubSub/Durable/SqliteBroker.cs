using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// <c>pubsub.sqlite</c>, which only the embedded sidecar has: messages survive in a database file, best the one of the state stores. Apps with the
/// same <c>consumerID</c> (by default the app id) form a group, in which each message goes to one. A key's messages keep their order; what fails
/// comes again with growing pauses; a topic keeps its messages for groups that have yet to subscribe, for <c>retention</c> at most.
/// </summary>
internal sealed class SqliteBroker : IBroker
{
    private readonly MessageLog log;
    private readonly string consumerId;
    private readonly int concurrency;

    private SqliteBroker(MessageLog log, string consumerId, int concurrency) => (this.log, this.consumerId, this.concurrency) = (log, consumerId, concurrency);

    public IReadOnlyList<string> Capabilities { get; } = [];

    public Database? Database => log.Database;

    /// <summary>Makes the broker of a component.</summary>
    /// <exception cref="ResourceException">The metadata is wrong, or the database cannot be opened.</exception>
    public static async ValueTask<IBroker> CreateAsync(Component component, DaprRuntime runtime)
    {
        var metadata = component.Metadata;
        var concurrency = metadata.Number("concurrency", 64);
        if (concurrency < 1) throw metadata.Wrong("concurrency", "at least 1");
        var consumerId = metadata.Text("consumerID") is { Length: > 0 } given ? given : runtime.Options.AppId;
        var retention = metadata.Duration("retention", TimeSpan.FromDays(7));
        try
        {
            var log = await runtime.Process.MessageLogs.OpenAsync(runtime.Process.Databases.Open(metadata.RequiredText("connectionString")), runtime.Loggers.CreateLogger<MessageLog>());
            log.Keep(retention);
            return new SqliteBroker(log, consumerId, concurrency);
        }
        catch (StorageException e) { throw new ResourceException(metadata.LocationOf("connectionString"), e.Message); }
    }

    public bool Redelivers => true;

    public Task PublishAsync(Message message) => log.PublishAsync(message);

    public bool TryEnqueue(Database database, Session session, Message message)
    {
        if (database != log.Database) return false;
        log.Append(session, message);
        return true;
    }

    /// <summary>Batches go out one at a time, which lets them fill by themselves; single messages up to <c>concurrency</c> at a time.</summary>
    public async Task<IDisposable> SubscribeAsync(Consumer consumer) => await log.JoinAsync(consumerId, consumer, consumer.IsBulk ? 1 : concurrency);
}
