using RabbitMQ.Client;

namespace Resort.Sidecar.PubSub.RabbitMq;

/// <summary>Messages that are with the consumer. What it settles is acknowledged to the channel that they came from, or refused.</summary>
internal sealed class RabbitMqBatch(IChannel channel, RabbitMqSettings settings, List<RabbitMqMessage> messages) : IBatch
{
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool[] settled = new bool[messages.Count];
    private readonly Task[] settling = new Task[messages.Count];

    public IReadOnlyList<Message> Messages { get; } = messages.ConvertAll(message => message.Message);

    /// <summary>Completes when the app has answered once.</summary>
    public Task IsAnswered => answered.Task;

    /// <summary>Completes when all is settled.</summary>
    public Task Done => done.Task;

    public void Settle(int index, bool handled)
    {
        if (settled[index]) return;
        settled[index] = true;
        settling[index] = settings.AutoAck ? Task.CompletedTask : SettleAsync(messages[index].Tag, handled);
    }

    public void Answered() => answered.TrySetResult();

    /// <summary>
    /// Hands the batch to the consumer. What it leaves unsettled has failed, unless the subscription ended meanwhile: then the broker takes it back
    /// when the channel closes.
    /// </summary>
    public async Task RunAsync(Consumer consumer, CancellationToken ended)
    {
        await consumer.Handle(this);
        if (!ended.IsCancellationRequested)
            for (var i = 0; i < settled.Length; i++) Settle(i, handled: false);
        await Task.WhenAll(settling.Where(task => task is not null));
        done.TrySetResult();
    }

    /// <summary>If the channel is lost, the broker has taken the message back and delivers it again.</summary>
    private async Task SettleAsync(ulong tag, bool handled)
    {
        try
        {
            if (handled) await channel.BasicAckAsync(tag, multiple: false);
            else await channel.BasicNackAsync(tag, multiple: false, settings.RequeueInFailure);
        }
        catch (Exception e) when (RabbitMqConnection.IsFailure(e) || e is OperationCanceledException) { /* see above */ }
    }
}
