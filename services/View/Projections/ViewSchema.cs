using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Resort.View.Projections;

/// <summary>
/// Creates view.db, or brings one of an earlier version up to date: its log is kept, event by event and in its order, and its rows are made anew
/// from it. The file says by which schema it was made; that is written last, so what is interrupted is done again.
/// </summary>
public sealed class ViewSchema(IDbContextFactory<ViewDb> databases, Rebuild rebuild)
{
    private const string Log = nameof(ViewDb.Events);
    private const string Earlier = "EarlierEvents";
    private static readonly string columns = string.Join(", ", "rowid", nameof(LoggedEvent.EventId), nameof(LoggedEvent.ReservationId), nameof(LoggedEvent.Name), nameof(LoggedEvent.Data));

    public async Task PrepareAsync()
    {
        await using var db = databases.CreateDbContext();
        var schema = db.Database.GenerateCreateScript();
        var version = BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(schema)));
        var isNew = await db.Database.EnsureCreatedAsync();
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        if (!isNew && (long)Run(connection, "PRAGMA user_version")! == version)
            return;
        if (!isNew)
        {
            Exchange(connection, schema);
            await rebuild.RunAsync();
        }
        Run(connection, $"PRAGMA user_version = {version}");
    }

    private static void Exchange(SqliteConnection connection, string schema)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, $"ALTER TABLE {Log} RENAME TO {Earlier}");
        foreach (var drop in Drops(connection))
            Run(connection, drop);
        Run(connection, schema);
        Run(connection, $"INSERT INTO {Log} ({columns}) SELECT {columns} FROM {Earlier} ORDER BY rowid");
        Run(connection, $"DROP TABLE {Earlier}");
        transaction.Commit();
    }

    // What belongs to a constraint has no SQL of its own, and goes with its table
    private static List<string> Drops(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 'DROP ' || type || ' \"' || name || '\"' FROM sqlite_master WHERE sql IS NOT NULL AND name <> '{Earlier}' AND (type = 'table' OR tbl_name = '{Earlier}')";
        using var found = command.ExecuteReader();
        List<string> drops = [];
        while (found.Read())
            drops.Add(found.GetString(0));
        return drops;
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
