using RabbitMQ.Client.Exceptions;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// <c>pubsub.rabbitmq</c>: apps with the same <c>consumerID</c> (by default the app id) share a topic's queue. By default a queue goes away with
/// its last consumer, and a message that fails is gone; <c>deletedWhenUnused: "false"</c> and <c>requeueInFailure: "true"</c> keep both.
/// </summary>
internal sealed class RabbitMqBroker : IBroker, IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan beforeRetry = TimeSpan.FromSeconds(2);

    private readonly RabbitMqSettings settings;
    private readonly RabbitMqConnection connection;
    private readonly RabbitMqPublisher publisher;
    private readonly TimeProvider clock;
    private readonly ILogger log;

    private RabbitMqBroker(RabbitMqSettings settings, RabbitMqConnection connection, TimeProvider clock, ILogger log)
    {
        (this.settings, this.connection, this.clock, this.log) = (settings, connection, clock, log);
        publisher = new RabbitMqPublisher(connection, settings);
    }

    public IReadOnlyList<string> Capabilities { get; } = ["MESSAGE_TTL"];

    public bool Redelivers => settings is { RequeueInFailure: true, AutoAck: false };

    public Database? Database => null;

    /// <summary>Makes the broker of a component.</summary>
    /// <exception cref="ResourceException">The metadata is wrong, or the server cannot be reached.</exception>
    public static async ValueTask<IBroker> CreateAsync(Component component, DaprRuntime runtime)
    {
        var settings = RabbitMqSettings.Read(component.Metadata, runtime.Options.AppId);
        var connection = new RabbitMqConnection(settings);
        try
        {
            await (await connection.OpenAsync()).DisposeAsync();
            return new RabbitMqBroker(settings, connection, runtime.Process.Clock, runtime.Loggers.CreateLogger<RabbitMqBroker>());
        }
        catch (Exception e) when (RabbitMqConnection.IsFailure(e))
        {
            await connection.DisposeAsync();
            throw new ResourceException(component.Metadata.LocationOf("connectionString"), $"cannot use RabbitMQ at {connection.Place}: {RabbitMqConnection.Cause(e)}");
        }
    }

    public async Task PublishAsync(Message message)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await publisher.PublishAsync(message);
                return;
            }
            catch (Exception e) when (RabbitMqConnection.IsFailure(e) && attempt < Attempts)
            {
                RabbitMqLog.NotPublished(log, message.Topic, attempt, Attempts, RabbitMqConnection.Cause(e));
                await PauseAsync(connection.IsOpen ? beforeRetry : settings.ReconnectWait);
            }
            catch (PublishException e) when (e.IsReturn)
            {
                publisher.ForgetQueue(message.Topic); // it had time to come back
                throw new StorageException($"no queue takes what is published to {message.Topic}", e);
            }
            catch (Exception e) when (RabbitMqConnection.IsFailure(e) || e is OperationCanceledException) { throw new StorageException(RabbitMqConnection.Cause(e), e); }
    }

    public bool TryEnqueue(Database database, Session session, Message message) => false;

    public async Task<IDisposable> SubscribeAsync(Consumer consumer)
    {
        var subscription = new RabbitMqSubscription(connection, settings, consumer, clock, log);
        await subscription.StartAsync();
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await publisher.DisposeAsync();
    }

    private async Task PauseAsync(TimeSpan time)
    {
        try { await Task.Delay(time, clock, connection.Stopped); }
        catch (OperationCanceledException e) { throw new StorageException("the sidecar stops", e); }
    }
}
