using System.Collections.Concurrent;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>The message logs of a process, one per database.</summary>
internal sealed class MessageLogs(TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Database, Lazy<Task<MessageLog>>> open = new();

    /// <summary>The log of a database; opened at the first call, and then what it has to tell is told by that caller's <paramref name="log"/>.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public Task<MessageLog> OpenAsync(Database database, ILogger log) =>
        open.GetOrAdd(database, file => new Lazy<Task<MessageLog>>(() => MessageLog.OpenAsync(file, clock, log))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var log in open.Values)
            if (log.IsValueCreated && log.Value.IsCompletedSuccessfully) await (await log.Value).DisposeAsync();
        open.Clear();
    }
}
