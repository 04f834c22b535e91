using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Resort.Sidecar.PubSub.Delivery;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// A subscription: its queue is consumed on a channel of its own, which is opened again after it is lost, until the subscription ends. What is out
/// then may still be acknowledged; the rest goes back to the queue.
/// </summary>
internal sealed class RabbitMqSubscription(RabbitMqConnection connection, RabbitMqSettings settings, Consumer consumer, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>Where <c>prefetchCount</c> sets no limit.</summary>
    private const int MostAtOnce = 1000;

    private static readonly IReadOnlyDictionary<string, string> noMetadata = new Dictionary<string, string>(); // RabbitMQ carries nothing beside the event

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
                await Task.Delay(settings.ReconnectWait, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) { break; }
        tried.TrySetResult();
    }

    /// <summary>Returns when the channel is lost, or the subscription has ended and what it had out is settled.</summary>
    private async Task ConsumeAsync()
    {
        await using var channel = await connection.OpenAsync();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => Set(lost);
        var queue = await RabbitMqTopology.DeclareQueueAsync(channel, settings, consumer);
        var running = new RunningDeliveries();
        var dispatcher = new Dispatcher(Counted(running), depth: int.MaxValue, Slots(), (tag, handled) => Settle(channel, tag, handled, running), clock);
        var events = new AsyncEventingBasicConsumer(channel);
        events.ReceivedAsync += (_, delivery) => // never waits: publishes, for which handlers may wait, share the connection
            dispatcher.AddAsync(new HandedOut(delivery.DeliveryTag.ToString(CultureInfo.InvariantCulture), new Message(consumer.Topic, delivery.Body.ToArray(), noMetadata)), CancellationToken.None).AsTask();
        events.UnregisteredAsync += (_, _) => Set(lost); // the broker ends a consumer whose queue is deleted
        var tag = await channel.BasicConsumeAsync(queue, settings.AutoAck, events, ended.Token);
        tried.TrySetResult();
        _ = dispatcher.RunAsync(over.Token);
        await using (ended.Token.UnsafeRegister(_ => lost.TrySetResult(), null)) await lost.Task;
        await over.CancelAsync();
        if (!ended.IsCancellationRequested || !channel.IsOpen) return;
        await channel.BasicCancelAsync(tag);
        await running.WhenIdle().WaitAsync(connection.Stopped);
        await channel.CloseAsync(connection.Stopped);
    }

    /// <summary>How many are delivered at a time. What is repeated makes room for others, unless one is to go after the other.</summary>
    private Slots Slots() => settings.IsSingle ? new Slots(1, mostRepeating: 0) : new Slots(consumer.IsBulk ? 1 : settings.PrefetchCount > 0 ? settings.PrefetchCount : MostAtOnce);

    private Consumer Counted(RunningDeliveries running) => consumer with
    {
        Handle = async batch =>
        {
            running.Begin();
            try { await consumer.Handle(batch); }
            finally { running.End(); }
        },
    };

    /// <summary>What was not handled when the subscription ended is left to the broker, which takes it back when the channel closes.</summary>
    private void Settle(IChannel channel, string tag, bool handled, RunningDeliveries running)
    {
        if (settings.AutoAck || (!handled && ended.IsCancellationRequested)) return;
        _ = SettleAsync(channel, ulong.Parse(tag, CultureInfo.InvariantCulture), handled, running);
    }

    private async Task SettleAsync(IChannel channel, ulong tag, bool handled, RunningDeliveries running)
    {
        running.Begin();
        try
        {
            if (handled) await channel.BasicAckAsync(tag, multiple: false);
            else await channel.BasicNackAsync(tag, multiple: false, settings.RequeueInFailure);
        }
        catch (Exception e) when (RabbitMqConnection.IsFailure(e) || e is OperationCanceledException) { /* the channel is lost, so the broker has taken the message back */ }
        finally { running.End(); }
    }

    private static Task Set(TaskCompletionSource source)
    {
        source.TrySetResult();
        return Task.CompletedTask;
    }
}
