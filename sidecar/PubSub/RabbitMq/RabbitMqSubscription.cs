using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// A subscription: its queue is consumed on a channel of its own, which is opened again after it is lost, until the subscription ends. What is out
/// then may still be settled; the rest goes back to the queue.
/// </summary>
internal sealed class RabbitMqSubscription(RabbitMqConnection connection, RabbitMqSettings settings, Consumer consumer, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Stopped);
    private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins; completes after the first attempt. One that failed is repeated without end.</summary>
    public Task StartAsync()
    {
        _ = ConsumeForEverAsync();
        return tried.Task;
    }

    public void Dispose() => ended.Cancel();

    private async Task ConsumeForEverAsync()
    {
        while (!ended.IsCancellationRequested)
            try
            {
                await ConsumeAsync();
                if (!ended.IsCancellationRequested) RabbitMqLog.Lost(log, consumer.Topic);
            }
            catch (Exception e) when (RabbitMqConnection.IsFailure(e))
            {
                RabbitMqLog.NotConsumed(log, consumer.Topic, RabbitMqConnection.Cause(e));
                tried.TrySetResult();
                await PauseAsync();
            }
            catch (OperationCanceledException) { break; }
        tried.TrySetResult();
    }

    /// <summary>Returns when the channel is lost, or the subscription has ended and what it had out is settled.</summary>
    private async Task ConsumeAsync()
    {
        await using var channel = await connection.OpenAsync();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => Set(lost);
        var queue = await RabbitMqTopology.DeclareQueueAsync(channel, settings, consumer);
        var deliveries = new RabbitMqDeliveries(channel, settings, consumer, clock, ended.Token);
        var events = new AsyncEventingBasicConsumer(channel);
        events.ReceivedAsync += (_, delivery) =>
        {
            deliveries.Add(new RabbitMqMessage(delivery.DeliveryTag, new Message(consumer.Topic, delivery.Body.ToArray(), RabbitMqMessage.NoMetadata)));
            return Task.CompletedTask;
        };
        events.UnregisteredAsync += (_, _) => Set(lost); // the broker ends a consumer whose queue is deleted
        var tag = await channel.BasicConsumeAsync(queue, settings.AutoAck, events, ended.Token);
        tried.TrySetResult();
        await using (ended.Token.UnsafeRegister(_ => lost.TrySetResult(), null)) await lost.Task;
        if (!ended.IsCancellationRequested || !channel.IsOpen) return;
        await channel.BasicCancelAsync(tag);
        await deliveries.WhenSettledAsync(connection.Stopped);
        await channel.CloseAsync(connection.Stopped);
    }

    private async Task PauseAsync()
    {
        try { await Task.Delay(settings.ReconnectWait, clock, ended.Token); }
        catch (OperationCanceledException) { /* the subscription has ended */ }
    }

    private static Task Set(TaskCompletionSource source)
    {
        source.TrySetResult();
        return Task.CompletedTask;
    }
}
