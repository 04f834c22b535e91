using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Resort.Sidecar.Storage;

/// <summary>One connection with its prepared statements. Parameters are positional: <c>?1</c>, <c>?2</c>, … Used by one thread at a time.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = [];
    private readonly List<Action> afterCommit = [];

    private Session(SqliteConnection connection) => this.connection = connection;

    static Session() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Opens a connection.</summary>
    public static Session Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return new Session(connection);
    }

    /// <summary>Runs statements once, without keeping them prepared: schema and pragmas.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> args) => Prepare(sql, args).ExecuteNonQuery();

    /// <summary>All rows of a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> args)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, args).ExecuteReader();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    /// <summary>The first row of a query, or the type's default.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> args)
    {
        using var reader = Prepare(sql, args).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>
    /// Has something done on the writer thread when the work is on disk and before its caller hears of it, in the order of the writes; it is
    /// forgotten if the work is undone. It must not throw or take long.
    /// </summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    /// <summary>Begins a savepoint; what it gives is for <see cref="Undo"/>.</summary>
    public int Savepoint()
    {
        Execute("SAVEPOINT work");
        return afterCommit.Count;
    }

    /// <summary>Undoes everything since the savepoint.</summary>
    public void Undo(int savepoint)
    {
        afterCommit.RemoveRange(savepoint, afterCommit.Count - savepoint);
        Execute("ROLLBACK TO work");
    }

    /// <summary>Ends the savepoint; what is left of it belongs to the transaction.</summary>
    public void Release() => Execute("RELEASE work");

    /// <summary>The transaction is on disk.</summary>
    public void Committed()
    {
        foreach (var action in afterCommit) action();
        afterCommit.Clear();
    }

    /// <summary>How many pages this connection has written since the last call.</summary>
    public int PagesWritten()
    {
        SQLitePCL.raw.sqlite3_db_status(connection.Handle!, SQLitePCL.raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    /// <summary>Ends a transaction that SQLite may already have ended by itself.</summary>
    public void TryRollback()
    {
        afterCommit.Clear();
        try { Run("ROLLBACK"); }
        catch (SqliteException) { /* no transaction is open any more: that is what is wanted */ }
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> args)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < args.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "?" + (i + 1).ToString(CultureInfo.InvariantCulture) });
            prepared.Add(sql, command);
        }
        for (var i = 0; i < args.Length; i++) command.Parameters[i].Value = args[i] ?? DBNull.Value;
        return command;
    }
}
