using System.Threading.Channels;
using Resort.Sidecar.Api;
using Resort.Sidecar.PubSub;

namespace Resort.Sidecar.State;

/// <summary>
/// Publishes the events of transactions to a broker in memory as daprd does: over the internal topic at once, to the topic itself a second later.
/// Like all that is in such a broker they are gone when the sidecar ends.
/// </summary>
internal sealed class OutboxRelay : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> noMetadata = new Dictionary<string, string>();
    private static readonly TimeSpan delay = TimeSpan.FromSeconds(1);

    private readonly Channel<(DateTimeOffset Due, OutboxEvent Event)> waiting = Channel.CreateUnbounded<(DateTimeOffset, OutboxEvent)>();
    private readonly CancellationTokenSource ending = new();
    private readonly OutboxSettings settings;
    private readonly Brokers brokers;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Task running;

    public OutboxRelay(OutboxSettings settings, Brokers brokers, TimeProvider clock, ILogger log)
    {
        (this.settings, this.brokers, this.clock, this.log) = (settings, brokers, clock, log);
        running = RunAsync();
    }

    /// <summary>Takes the events of a committed transaction.</summary>
    public void Add(IReadOnlyList<OutboxEvent> events)
    {
        foreach (var one in events)
        {
            _ = PublishAsync(settings.InternalPubsub, settings.InternalTopic, one.To(settings.InternalPubsub, ""));
            waiting.Writer.TryWrite((clock.GetUtcNow() + delay, one));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (var (due, one) in waiting.Reader.ReadAllAsync(ending.Token))
        {
            if (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero) await Task.Delay(left, clock, ending.Token);
            await PublishAsync(settings.Pubsub, settings.Topic, one.To(settings.Pubsub, settings.Topic));
        }
    }

    private async Task PublishAsync(string pubsub, string topic, byte[] data)
    {
        try { await brokers.Get(pubsub).PublishAsync(topic, data, noMetadata, ending.Token); }
        catch (DaprException e) { StateLog.OutboxFailed(log, topic, e.Message); }
        catch (OperationCanceledException) { /* the sidecar ends */ }
    }
}
