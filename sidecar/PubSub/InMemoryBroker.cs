using System.Collections.Immutable;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub;

/// <summary>
/// <c>pubsub.in-memory</c> with daprd's behaviour: it lives in one sidecar; a consumer gets one message at a time and whoever publishes waits until
/// it takes the message; what nobody subscribes to, or fails, is gone. A topic that ends in <c>*</c> stands for all that begin so and go on.
/// </summary>
internal sealed class InMemoryBroker(TimeProvider clock) : IBroker
{
    private ImmutableList<Subscriber> subscribers = [];

    public IReadOnlyList<string> Capabilities { get; } = ["SUBSCRIBE_WILDCARDS"];

    public bool Redelivers => false;

    public bool IsDurable => false;

    public Database? Database => null;

    public async Task PublishAsync(Message message)
    {
        foreach (var subscriber in subscribers)
            if (subscriber.Wants(message.Topic)) await subscriber.HandOverAsync(message);
    }

    public bool TryEnqueue(Database database, Session session, Message message) => false;

    public Task<IDisposable> SubscribeAsync(Consumer consumer)
    {
        var subscriber = new Subscriber(this, consumer, clock);
        ImmutableInterlocked.Update(ref subscribers, all => all.Add(subscriber));
        return Task.FromResult<IDisposable>(subscriber);
    }

    private sealed class Subscriber(InMemoryBroker broker, Consumer consumer, TimeProvider clock) : IDisposable
    {
        private readonly SemaphoreSlim turn = new(1);
        private readonly CancellationTokenSource ended = new();

        public bool Wants(string topic) => consumer.Topic.EndsWith('*')
            ? topic.Length >= consumer.Topic.Length && topic.AsSpan().StartsWith(consumer.Topic.AsSpan(..^1), StringComparison.Ordinal)
            : topic == consumer.Topic;

        public async Task HandOverAsync(Message message)
        {
            try { await turn.WaitAsync(ended.Token); }
            catch (OperationCanceledException) { return; } // nobody subscribes any more
            _ = DeliverAsync(message);
        }

        public void Dispose()
        {
            ImmutableInterlocked.Update(ref broker.subscribers, all => all.Remove(this));
            ended.Cancel();
        }

        private async Task DeliverAsync(Message message)
        {
            try
            {
                // publishing waits for the delivery, so a batch never fills: it has one message and waits its time for nothing
                if (consumer.MaxMessages > 1) await Task.Delay(consumer.MaxWait, clock, ended.Token);
                await consumer.Handle(new BatchOfOne(message));
            }
            catch (OperationCanceledException) { /* the subscription ended while the batch waited */ }
            finally { turn.Release(); }
        }
    }

    private sealed class BatchOfOne(Message message) : IBatch
    {
        public IReadOnlyList<Message> Messages { get; } = [message];

        public void Settle(int index, bool handled) { }

        public void Answered() { }
    }
}
