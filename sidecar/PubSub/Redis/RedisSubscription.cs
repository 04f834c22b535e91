using System.Collections.Concurrent;
using Resort.Sidecar.Servers;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Redis;

/// <summary>
/// One subscription: reads what is new, takes over what has been pending for too long, and acknowledges what was handled. What was not stays
/// pending. It goes on by itself when the server was gone.
/// </summary>
internal sealed class RedisSubscription : IDisposable
{
    private static readonly TimeSpan longestRead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan pauseWhileEnding = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan pauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<string> notQueued = new();
    private readonly string topic;
    private readonly RedisStream stream;
    private readonly RedisBrokerSettings settings;
    private readonly Dispatcher dispatcher;
    private readonly Func<Task<RedisConnection>> connect;
    private readonly TimeProvider clock;
    private readonly ILogger log;

    /// <param name="consumer">Who gets the messages.</param>
    /// <param name="stream">Where they are.</param>
    /// <param name="settings">Those of the component.</param>
    /// <param name="slots">Those of the component for single messages.</param>
    /// <param name="connect">Opens a connection for reading, which blocks it.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">The log.</param>
    public RedisSubscription(Consumer consumer, RedisStream stream, RedisBrokerSettings settings, Slots slots, Func<Task<RedisConnection>> connect, TimeProvider clock, ILogger log)
    {
        (topic, this.stream, this.settings, this.connect, this.clock, this.log) = (consumer.Topic, stream, settings, connect, clock, log);
        dispatcher = new Dispatcher(consumer, settings.QueueDepth, consumer.IsBulk ? new Slots(1) : slots, Settle, clock);
        Ended = RunAsync();
    }

    /// <summary>Completes when all that was not begun has been given back.</summary>
    public Task Ended { get; }

    public void Dispose() => ending.Cancel();

    private async Task RunAsync()
    {
        await Task.WhenAll(dispatcher.RunAsync(ending.Token), ReadAsync(), ReclaimAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var rest = notQueued.Concat(dispatcher.TakeRest().Select(message => message.Id)).ToList();
        try { if (rest.Count > 0) await stream.ReleaseAsync(rest); }
        catch (StorageException) { /* they come again when they have been pending for long enough */ }
    }

    private async Task ReadAsync()
    {
        for (var isFailing = false; ;)
            try
            {
                await using var own = await connect();
                await stream.JoinAsync();
                if (isFailing) RedisLog.Recovered(log, topic);
                var id = await own.IdAsync(settings.Database);
                for (isFailing = false; ;) await TakeAsync(await ReadAsync(own, id));
            }
            catch (StorageException e)
            {
                if (!isFailing) RedisLog.Failing(log, topic, e.Message);
                isFailing = true;
                await Task.Delay(pauseAfterFailure, clock, ending.Token);
            }
    }

    /// <summary>What the server hands out while the sidecar ends is taken, too: else it would be pending for as long as if it had been begun.</summary>
    private async Task<IEnumerable<HandedOut>> ReadAsync(RedisConnection own, long? id)
    {
        var reading = stream.ReadAsync(own, longestRead);
        if (id is null) return await reading.WaitAsync(ending.Token);
        await ((Task)reading).WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!reading.IsCompleted)
        {
            await stream.StopReadingAsync(id.Value);
            await Task.WhenAny(reading, Task.Delay(pauseWhileEnding, clock)); // it may have come before what it was to stop
        }
        return await reading;
    }

    private async Task ReclaimAsync()
    {
        if (!settings.Redelivers) return;
        for (; ; await Task.Delay(settings.RedeliverInterval, clock, ending.Token))
            try { await TakeAsync(await stream.ReclaimAsync()); }
            catch (RedisReplyException e) when (!e.Is("NOGROUP")) { RedisLog.NotReclaimed(log, topic, e.Message); }
            catch (StorageException) { /* the reader tells of it */ }
    }

    private async Task TakeAsync(IEnumerable<HandedOut> messages)
    {
        foreach (var message in messages)
            try { await dispatcher.AddAsync(message, ending.Token); }
            catch (OperationCanceledException) { notQueued.Enqueue(message.Id); }
        ending.Token.ThrowIfCancellationRequested();
    }

    private void Settle(string id, bool handled)
    {
        if (handled) _ = AcknowledgeAsync(id);
    }

    private async Task AcknowledgeAsync(string id)
    {
        try { await stream.AcknowledgeAsync(id); }
        catch (StorageException e) { RedisLog.NotAcknowledged(log, id, topic, e.Message); }
    }
}
