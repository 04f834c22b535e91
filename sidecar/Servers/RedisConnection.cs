using Resort.Sidecar.Storage;
using StackExchange.Redis;

namespace Resort.Sidecar.Servers;

/// <summary>A connection to a Redis server. When it breaks, what was asked fails, and it connects again until the server is back.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer multiplexer;
    private readonly RedisSettings settings;
    private readonly TimeProvider clock;

    private RedisConnection(ConnectionMultiplexer multiplexer, RedisSettings settings, TimeProvider clock) => (this.multiplexer, this.settings, this.clock) = (multiplexer, settings, clock);

    /// <exception cref="StorageException">The server cannot be reached, or refuses the password.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisSettings settings, SocketManager sockets, TimeProvider clock)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { settings.Host, settings.Port } },
            Password = settings.Password,
            Ssl = settings.Tls,
            ConnectTimeout = (int)settings.DialTimeout.TotalMilliseconds,
            AbortOnConnectFail = true,
            ClientName = "resort-sidecar",
            SocketManager = sockets,
            CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false), // or there would be a second connection, for messages that nobody wants
        };
        try { return new RedisConnection(await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(settings.DialTimeout * 2, clock), settings, clock); }
        catch (Exception e) when (e is RedisException or TimeoutException) { throw new StorageException($"the Redis server at {settings.Address} does not let in: {e.Message}", e); }
    }

    /// <summary>Runs a command on a database and returns the server's answer.</summary>
    /// <exception cref="StorageException">The server cannot be reached, or does not answer in time; its own error is a <see cref="RedisReplyException"/>.</exception>
    public Task<RedisResult> ExecuteAsync(int database, string command, params object[] arguments) => ExecuteAsync(settings.ReadTimeout, database, command, arguments);

    /// <summary>Runs a command that may wait at the server for so long.</summary>
    /// <inheritdoc cref="ExecuteAsync(int, string, object[])"/>
    public Task<RedisResult> ExecuteBlockingAsync(TimeSpan block, int database, string command, params object[] arguments) => ExecuteAsync(settings.ReadTimeout + block, database, command, arguments);

    /// <summary>What the server calls this connection; null if it does not let ask. Another connection can end its wait by this id.</summary>
    /// <exception cref="StorageException">The server cannot be reached, or does not answer in time.</exception>
    public async Task<long?> IdAsync(int database)
    {
        try { return (long)await ExecuteAsync(database, "CLIENT", "ID"); }
        catch (RedisReplyException) { return null; }
    }

    /// <summary>Ends it when what was asked has been answered.</summary>
    public Task CloseAsync() => EndAsync(allowCommandsToComplete: true);

    /// <summary>Ends it at once: what was asked fails.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(allowCommandsToComplete: false);

    private async Task EndAsync(bool allowCommandsToComplete)
    {
        await multiplexer.CloseAsync(allowCommandsToComplete);
        multiplexer.Dispose();
    }

    private async Task<RedisResult> ExecuteAsync(TimeSpan limit, int database, string command, object[] arguments)
    {
        try { return await multiplexer.GetDatabase(database).ExecuteAsync(command, arguments).WaitAsync(limit, clock); }
        catch (RedisServerException e) { throw new RedisReplyException(e.Message, e); }
        catch (TimeoutException e) { throw new StorageException($"the Redis server at {settings.Address} has not answered in {limit.TotalSeconds:0.#} s", e); }
        catch (Exception e) when (e is RedisException or ObjectDisposedException) { throw new StorageException($"the Redis server at {settings.Address} cannot be reached", e); }
    }
}
