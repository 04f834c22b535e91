using System.Data;
using System.Data.Common;
using Npgsql;
using Resort.View.Projections;

namespace Resort.View.Database;

/// <summary>
/// A schema of a PostgreSQL database, for any number of replicas of View. Their transactions come one after the other by an advisory lock: so the
/// number of an event that can be seen is never followed by a lower one, and who folds a reservation sees all its events.
/// </summary>
internal sealed class PostgresDatabase : ViewDatabase
{
    private const string DefaultSchema = "resort_view";
    private const int DefaultPoolSize = 20;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longestRebuild = TimeSpan.FromMinutes(10);

    private readonly string schema;
    private readonly Listeners listeners;
    private readonly TimeProvider clock;
    private readonly NpgsqlDataSource source;

    /// <summary>The connection string is in the words of Npgsql; <c>Search Path</c> names the schema.</summary>
    public PostgresDatabase(string connectionString, Listeners listeners, TimeProvider clock)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.SearchPath = schema = settings.SearchPath is { Length: > 0 } named ? named : DefaultSchema;
        settings.KeepAlive = settings.KeepAlive > 0 ? settings.KeepAlive : 10; // a listener that says nothing sees that its server is gone
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = DefaultPoolSize;
        (this.listeners, this.clock) = (listeners, clock);
        source = NpgsqlDataSource.Create(settings);
    }

    public override string Text => "TEXT COLLATE \"C\"";

    public override string Sequence => "Sequence";

    public override string SequenceColumn => "Sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    public override DbDataSource DeadLetters => source;

    public override async Task PrepareAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync("BEGIN; SELECT pg_advisory_xact_lock(hashtext(@schema))", ("@schema", schema));
        if (await connection.NumberAsync("SELECT COUNT(*) FROM pg_namespace WHERE nspname = @schema", ("@schema", schema)) == 0)
            await connection.ExecuteAsync($"CREATE SCHEMA {Quoted(schema)}");
        await connection.ExecuteAsync("COMMIT");
    }

    public override async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel)
    {
        try
        {
            return await ReadOnceAsync(query, cancel);
        }
        catch (NpgsqlException lost) when (lost.IsTransient)
        {
            source.Clear(); // the server was away, and connections that were kept since then are of no use
            return await ReadOnceAsync(query, cancel);
        }
    }

    internal override async Task<WriterConnection> OpenWriterAsync()
    {
        var connection = await source.OpenConnectionAsync();
        // one that hangs in its transaction loses it, and holds up the others no longer
        await connection.ExecuteAsync("SET idle_in_transaction_session_timeout = '10s'");
        return new PostgresWriter(connection);
    }

    public override async Task<IAsyncDisposable?> AloneAsync(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        await using var alone = connection.Command("BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()), 2)");
        alone.CommandTimeout = (int)longestRebuild.TotalSeconds;
        await alone.ExecuteNonQueryAsync(cancel);
        return connection; // whose end is that of its transaction and so of the lock
    }

    public override async Task FollowAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stop);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException)
            {
                // who writes or reads now tells of it
            }
            await Task.Delay(pause, clock, stop);
        }
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<T> ReadOnceAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await query(connection);
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, told) => listeners.Wake(PostgresWriter.Changed(told.Payload));
        await connection.ExecuteAsync($"LISTEN {Quoted(schema)}");
        listeners.Wake(null); // of what happened before nobody has told
        while (true)
            await connection.WaitAsync(stop);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
