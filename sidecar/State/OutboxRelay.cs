using System.Threading.Channels;
using Resort.Sidecar.Api;
using Resort.Sidecar.PubSub;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>
/// Publishes the events that transactions have left in a store, one after the other, and takes each out of the store when the broker has it. What is
/// there when the sidecar ends, in whatever way, is published after the next start. A broker in memory gets events as from daprd: over the internal
/// topic at once, on the topic itself a second later.
/// </summary>
internal sealed class OutboxRelay : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string> noMetadata = new Dictionary<string, string>();
    private static readonly TimeSpan delayInMemory = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan shortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(15);

    private readonly Channel<Left> waiting = Channel.CreateUnbounded<Left>();
    private readonly CancellationTokenSource ending = new();
    private readonly OutboxSettings settings;
    private readonly IStateStore store;
    private readonly Brokers brokers;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Task running;

    public OutboxRelay(OutboxSettings settings, IStateStore store, Brokers brokers, TimeProvider clock, ILogger log)
    {
        (this.settings, this.store, this.brokers, this.clock, this.log) = (settings, store, brokers, clock, log);
        running = RunAsync();
    }

    /// <summary>Takes the events of a committed transaction.</summary>
    public void Add(IReadOnlyList<OutboxEvent> events)
    {
        var due = clock.GetUtcNow();
        var isInMemory = brokers.Find(settings.Pubsub) is { IsDurable: false };
        foreach (var one in events)
        {
            if (isInMemory) _ = HandOnAsync(one);
            waiting.Writer.TryWrite(new Left(isInMemory ? due + delayInMemory : due, settings.KeyOf(one)));
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
        foreach (var key in await RepeatAsync(() => store.KeysAsync(settings.KeyPrefix))) waiting.Writer.TryWrite(new Left(clock.GetUtcNow(), key));
        await foreach (var (due, key) in waiting.Reader.ReadAllAsync(ending.Token))
        {
            if (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero) await Task.Delay(left, clock, ending.Token);
            if (await RepeatAsync(() => store.GetAsync(key)) is not { } entry) continue; // it was undone, or is published already
            await RepeatAsync(() => PublishAsync(settings.Pubsub, settings.Topic, entry.Value));
            await RepeatAsync(() => store.WriteEachAsync([new StateWrite(key, null, null, FirstWrite: false, ExpiresAt: null)]));
        }
    }

    /// <summary>Does it until it is done: an event that was committed is not given up.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> work)
    {
        for (var pause = shortestPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
            try { return await work(); }
            catch (Exception e) when (e is StorageException or DaprException)
            {
                StateLog.OutboxFailed(log, settings.Topic, e.Message);
                await Task.Delay(pause, clock, ending.Token);
            }
    }

    private async Task HandOnAsync(OutboxEvent one)
    {
        try { await PublishAsync(settings.InternalPubsub, settings.InternalTopic, one.To(settings.InternalPubsub, "")); }
        catch (DaprException e) { StateLog.OutboxFailed(log, settings.InternalTopic, e.Message); }
        catch (OperationCanceledException) { /* the sidecar ends */ }
    }

    private async Task<bool> PublishAsync(string pubsub, string topic, byte[] data)
    {
        await brokers.Get(pubsub).PublishAsync(topic, data, noMetadata, ending.Token);
        return true;
    }

    /// <summary>An event in the store, and when it is to be published.</summary>
    private readonly record struct Left(DateTimeOffset Due, string Key);
}
