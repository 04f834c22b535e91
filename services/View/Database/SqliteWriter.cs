using System.Data.Common;
using Microsoft.Data.Sqlite;
using Resort.View.Projections;
using SQLitePCL;

namespace Resort.View.Database;

/// <summary>The one connection that writes. It comes through the gate wherever it could get in the way of a read.</summary>
internal sealed class SqliteWriter : WriterConnection
{
    /// <summary>So many pages of the write-ahead log are copied into the file at once.</summary>
    private const int CheckpointPages = 4000;

    private readonly SqliteConnection connection;
    private readonly ViewGate gate;
    private readonly Listeners listeners;
    private readonly DbCommand commit;
    private int pagesInLog;

    public SqliteWriter(SqliteConnection connection, ViewGate gate, Listeners listeners) : base(connection, "BEGIN IMMEDIATE")
    {
        (this.connection, this.gate, this.listeners) = (connection, gate, listeners);
        commit = connection.Command("COMMIT");
        connection.Open();
        // pages go to the write-ahead log at commit and not before; checkpoints are made here
        using var settings = connection.Command("PRAGMA cache_spill=OFF; PRAGMA wal_autocheckpoint=0");
        settings.ExecuteNonQuery();
    }

    public override async ValueTask DisposeAsync()
    {
        await commit.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task BeginAsync(DbCommand begin)
    {
        gate.WriteStep(() => begin.ExecuteNonQuery());
        return Task.CompletedTask;
    }

    protected override Task CommitAsync(IReadOnlySet<string> changed)
    {
        gate.WriteStep(() => commit.ExecuteNonQuery());
        listeners.Wake(changed);
        Checkpoint();
        return Task.CompletedTask;
    }

    // A full disk, for one, has ended the transaction already
    protected override Task RollbackAsync() => raw.sqlite3_get_autocommit(connection.Handle) == 0 ? base.RollbackAsync() : Task.CompletedTask;

    private void Checkpoint()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        pagesInLog += pages;
        if (pagesInLog < CheckpointPages)
            return;
        pagesInLog = 0;
        using var checkpoint = connection.Command("PRAGMA wal_checkpoint(RESTART)");
        gate.Checkpoint(() => checkpoint.ExecuteNonQuery());
    }
}
