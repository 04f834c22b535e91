using System.Data.Common;
using Microsoft.Data.Sqlite;
using Resort.View.Projections;

namespace Resort.View.Database;

/// <summary>
/// A file, for one process. Its log is the only copy of the events, so it is written with WAL and synchronous=FULL, which loses no acknowledged event
/// when the power fails.
/// </summary>
internal sealed class SqliteDatabase : ViewDatabase
{
    private readonly string connectionString;
    private readonly Listeners listeners;
    private readonly ViewGate gate = new();

    /// <summary>The connection string is in the words of Microsoft.Data.Sqlite; a file whose path is not a full one is in the folder.</summary>
    public SqliteDatabase(string connectionString, string folder, Listeners listeners)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        settings.DataSource = Path.Combine(folder, settings.DataSource);
        (this.connectionString, this.listeners) = (settings.ToString(), listeners);
        settings.DataSource = Path.Combine(Path.GetDirectoryName(settings.DataSource)!, "dead-letters.db");
        DeadLetters = SqliteFactory.Instance.CreateDataSource(settings.ToString());
    }

    public override string Text => "TEXT";

    /// <summary>SQLite's own number of a row; as nothing is ever deleted from the log, it only grows.</summary>
    public override string Sequence => "rowid";

    public override string SequenceColumn => "rowid INTEGER PRIMARY KEY";

    public override DbDataSource DeadLetters { get; }

    public override async Task PrepareAsync(CancellationToken cancel)
    {
        await using var views = new SqliteConnection(connectionString);
        await views.OpenAsync(cancel);
        await views.ExecuteAsync("PRAGMA journal_mode=WAL");
        await using var letters = await DeadLetters.OpenConnectionAsync(cancel);
        await letters.ExecuteAsync("PRAGMA journal_mode=WAL");
    }

    // SQLite does its work in the calling thread, whatever it is called with: a query is over when it returns
    public override Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel) => gate.Read(() =>
    {
        using var connection = new SqliteConnection(connectionString);
        using var snapshot = gate.BeginRead(() => Begin(connection));
        return query(connection);
    });

    internal override Task<WriterConnection> OpenWriterAsync()
    {
        WriterConnection? writer = null;
        gate.WriteStep(() => writer = new SqliteWriter(new(connectionString), gate, listeners));
        return Task.FromResult(writer!);
    }

    public override Task<IAsyncDisposable?> AloneAsync(CancellationToken cancel) => Task.FromResult<IAsyncDisposable?>(null);

    public override Task FollowAsync(CancellationToken stop) => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await DeadLetters.DisposeAsync();
        gate.Dispose();
    }

    private static SqliteTransaction Begin(SqliteConnection connection)
    {
        connection.Open();
        var snapshot = connection.BeginTransaction(deferred: true);
        using var first = connection.Command("SELECT 1 FROM sqlite_master"); // a transaction begins with its first statement
        first.ExecuteScalar();
        return snapshot;
    }
}
