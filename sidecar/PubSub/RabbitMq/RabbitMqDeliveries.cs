using System.Threading.Channels;
using RabbitMQ.Client;
using Resort.Sidecar.PubSub.Delivery;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>
/// What a channel hands out: every message at once, or one after the other (<c>concurrencyMode: single</c>), or in batches, of which the next
/// begins when the app has answered for the one before.
/// </summary>
internal sealed class RabbitMqDeliveries
{
    private readonly IChannel channel;
    private readonly RabbitMqSettings settings;
    private readonly Consumer consumer;
    private readonly TimeProvider clock;
    private readonly CancellationToken ended;
    private readonly RunningDeliveries running = new();
    private readonly Channel<RabbitMqMessage>? waiting;

    public RabbitMqDeliveries(IChannel channel, RabbitMqSettings settings, Consumer consumer, TimeProvider clock, CancellationToken ended)
    {
        (this.channel, this.settings, this.consumer, this.clock, this.ended) = (channel, settings, consumer, clock, ended);
        if (!settings.IsSingle && !consumer.IsBulk) return;
        waiting = Channel.CreateUnbounded<RabbitMqMessage>(new UnboundedChannelOptions { SingleReader = true });
        channel.ChannelShutdownAsync += (_, _) => Task.FromResult(waiting.Writer.TryComplete());
        _ = PumpAsync(waiting.Reader);
    }

    /// <summary>Takes a message from the broker.</summary>
    public void Add(RabbitMqMessage message)
    {
        if (waiting is not null) waiting.Writer.TryWrite(message);
        else if (!ended.IsCancellationRequested) Begin([message]);
    }

    /// <summary>Completes when nothing is out any more.</summary>
    public Task WhenSettledAsync(CancellationToken cancel) => running.WhenIdle().WaitAsync(cancel);

    private async Task PumpAsync(ChannelReader<RabbitMqMessage> messages)
    {
        try
        {
            while (await messages.WaitToReadAsync(ended))
            {
                var batch = Begin(await CollectAsync(messages));
                await (consumer.IsBulk ? Task.WhenAny(batch.Done, batch.IsAnswered) : batch.Done);
            }
        }
        catch (OperationCanceledException) { /* the subscription has ended; what waits here goes back to the queue */ }
    }

    /// <summary>A full batch, or what came within the time that a batch may wait.</summary>
    private async Task<List<RabbitMqMessage>> CollectAsync(ChannelReader<RabbitMqMessage> messages)
    {
        var batch = new List<RabbitMqMessage>();
        while (batch.Count < consumer.MaxMessages && messages.TryRead(out var message)) batch.Add(message);
        if (batch.Count == consumer.MaxMessages || consumer.MaxWait <= TimeSpan.Zero) return batch;
        using var limit = new CancellationTokenSource(consumer.MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ended);
        try
        {
            while (batch.Count < consumer.MaxMessages && await messages.WaitToReadAsync(either.Token))
                while (batch.Count < consumer.MaxMessages && messages.TryRead(out var message)) batch.Add(message);
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested) { /* it has waited long enough */ }
        return batch;
    }

    private RabbitMqBatch Begin(List<RabbitMqMessage> messages)
    {
        var batch = new RabbitMqBatch(channel, settings, messages);
        _ = RunAsync(batch);
        return batch;
    }

    private async Task RunAsync(RabbitMqBatch batch)
    {
        running.Begin();
        try { await batch.RunAsync(consumer, ended); }
        finally { running.End(); }
    }
}
