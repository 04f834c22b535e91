using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace Resort.View.Projections;

/// <summary>The one connection that writes. It comes through the gate wherever it could get in the way of a read.</summary>
internal sealed class WriterConnection : IDisposable
{
    /// <summary>So many pages of the write-ahead log are copied into the file at once.</summary>
    private const int CheckpointPages = 4000;

    private readonly ViewDb db;
    private readonly ViewGate gate;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private int pagesInLog;

    public WriterConnection(ViewDb db, ViewGate gate)
    {
        (this.db, this.gate) = (db, gate);
        connection = (SqliteConnection)db.Database.GetDbConnection();
        // pages go to the write-ahead log at commit and not before; checkpoints are made here
        gate.WriteStep(() =>
        {
            connection.Open();
            using var settings = Command("PRAGMA cache_spill=OFF; PRAGMA wal_autocheckpoint=0");
            settings.ExecuteNonQuery();
        });
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
    }

    public IModel Model => db.Model;

    public SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { ParameterName = parameter });
        return command;
    }

    /// <summary>What <paramref name="work"/> writes is there as a whole or not at all.</summary>
    public void Transact(Action work)
    {
        gate.WriteStep(() => begin.ExecuteNonQuery());
        try
        {
            work();
            gate.WriteStep(() => commit.ExecuteNonQuery());
        }
        catch
        {
            Rollback();
            throw;
        }
        Checkpoint();
    }

    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        db.Dispose();
    }

    // A full disk, for one, has ended the transaction already
    private void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
            return;
        using var rollback = Command("ROLLBACK");
        rollback.ExecuteNonQuery();
    }

    private void Checkpoint()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        pagesInLog += pages;
        if (pagesInLog < CheckpointPages)
            return;
        pagesInLog = 0;
        using var checkpoint = Command("PRAGMA wal_checkpoint(RESTART)");
        gate.Checkpoint(() => checkpoint.ExecuteNonQuery());
    }
}
