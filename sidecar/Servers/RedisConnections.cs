using System.Collections.Concurrent;
using Resort.Sidecar.Storage;
using StackExchange.Redis;

namespace Resort.Sidecar.Servers;

/// <summary>The connections of a process to Redis servers: components that reach a server in the same way share one.</summary>
internal sealed class RedisConnections(TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<RedisSettings, Lazy<Task<RedisConnection>>> shared = new();
    private readonly Lazy<SocketManager> sockets = new(() => new SocketManager("redis"));

    /// <summary>The shared connection to a server, which lives as long as the process.</summary>
    /// <exception cref="StorageException">The server cannot be reached.</exception>
    public async Task<RedisConnection> GetAsync(RedisSettings settings)
    {
        var entry = shared.GetOrAdd(settings, _ => new Lazy<Task<RedisConnection>>(() => OpenAsync(settings)));
        try { return await entry.Value; }
        catch (StorageException)
        {
            shared.TryRemove(new(settings, entry)); // the next one tries again
            throw;
        }
    }

    /// <summary>A connection of one's own, for commands that block it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<RedisConnection> OpenAsync(RedisSettings settings) => RedisConnection.OpenAsync(settings, sockets.Value, clock);

    public async ValueTask DisposeAsync()
    {
        foreach (var entry in shared.Values)
            if (entry.Value is { IsCompletedSuccessfully: true } open) await (await open).CloseAsync();
        if (sockets.IsValueCreated) sockets.Value.Dispose();
    }
}
