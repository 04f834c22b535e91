using System.Globalization;
using Microsoft.Data.Sqlite;
using Resort.Sidecar.Components;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>
/// <c>state.sqlite</c>: a table in a SQLite file, laid out as daprd's, so that either can go on with the other's file. Requests that write at the
/// same time share a commit.
/// </summary>
internal sealed class SqliteStateStore : IStateStore
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss"; // what SQLite's CURRENT_TIMESTAMP gives
    private readonly TimeProvider clock;
    private readonly bool ownsDatabase;
    private readonly string select, selectKeys, upsert, insert, update, delete, deleteIf, deleteExpired;

    private SqliteStateStore(Database database, bool ownsDatabase, string table, TimeProvider clock)
    {
        (Database, this.ownsDatabase, this.clock) = (database, ownsDatabase, clock);
        const string alive = "(expiration_time IS NULL OR expiration_time > ?1)";
        var written = $"INSERT INTO {table} (update_time, key, value, is_binary, etag, expiration_time) VALUES (?1, ?2, CAST(?3 AS TEXT), FALSE, ?4, ?5)"
            + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, is_binary = FALSE, etag = excluded.etag, update_time = ?1, expiration_time = ?5";
        select = $"SELECT value, is_binary, etag, expiration_time FROM {table} WHERE key = ?1";
        selectKeys = $"SELECT key FROM {table} WHERE key >= ?1 AND key < ?2 ORDER BY key";
        upsert = written;
        insert = $"{written} WHERE {table}.expiration_time <= ?1";
        update = $"UPDATE {table} SET value = CAST(?3 AS TEXT), is_binary = FALSE, etag = ?4, update_time = ?1, expiration_time = ?5 WHERE key = ?2 AND etag = ?6 AND {alive}";
        delete = $"DELETE FROM {table} WHERE key = ?1";
        deleteIf = $"DELETE FROM {table} WHERE key = ?2 AND etag = ?3 AND {alive}";
        deleteExpired = $"DELETE FROM {table} WHERE expiration_time <= ?1";
    }

    /// <summary>Where the entries are.</summary>
    public Database Database { get; }

    public IReadOnlyList<string> Capabilities => ["ETAG", "TRANSACTIONAL", "TTL", "KEYS_LIKE", "ACTOR"];

    public TtlRule Ttl { get; } = new(RefusesBelowMinusOne: true, ErrorPrefix: "error parsing TTL: incorrect value for metadata 'ttlInSeconds': ");

    /// <summary>Opens the database and creates the tables that are missing.</summary>
    /// <exception cref="ResourceException">The file cannot be opened.</exception>
    public static async Task<SqliteStateStore> OpenAsync(SqliteSettings settings, SourceLocation where, Databases databases, TimeProvider clock)
    {
        try
        {
            var database = settings.Path is null ? Database.InMemory(settings.TableName) : databases.Open(settings.Path);
            await database.WriteAsync(session => session.Run($"""
                CREATE TABLE IF NOT EXISTS {settings.TableName} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, is_binary BOOLEAN NOT NULL,
                  etag TEXT NOT NULL, expiration_time TIMESTAMP DEFAULT NULL, update_time TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
                CREATE TABLE IF NOT EXISTS {settings.MetadataTableName} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
                INSERT INTO {settings.MetadataTableName} (key, value) VALUES ('migrations', '1') ON CONFLICT DO NOTHING
                """));
            return new SqliteStateStore(database, ownsDatabase: settings.Path is null, settings.TableName, clock);
        }
        catch (Exception e) when (e is StorageException or SqliteException) { throw new ResourceException(where, e.Message); }
    }

    public Task<StateEntry?> GetAsync(string key) => Task.FromResult(Read(session => Get(session, key)));

    public Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> keys) => Task.FromResult(Read<IReadOnlyList<StateEntry?>>(session => [.. keys.Select(key => Get(session, key))]));

    public Task<IReadOnlyList<string>> KeysAsync(string prefix) =>
        Task.FromResult<IReadOnlyList<string>>(Read(session => session.Query(selectKeys, row => row.GetString(0), prefix, prefix[..^1] + (char)(prefix[^1] + 1))));

    public Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes) => WriteAsync(session => writes.Select(write => Apply(session, write)).ToArray());

    public async Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, Action<Database, Session>? alongside = null)
    {
        try
        {
            return await WriteAsync(session =>
            {
                foreach (var write in writes)
                    if (Apply(session, write) is { } refusal) throw new StateRefusedException(refusal); // which undoes the writes before it
                alongside?.Invoke(Database, session);
                return (StateRefusal?)null;
            });
        }
        catch (StateRefusedException e) { return e.Refusal; }
    }

    public Task RemoveExpiredAsync() => WriteAsync(session => session.Execute(deleteExpired, Text(clock.GetUtcNow())));

    public ValueTask DisposeAsync() => ownsDatabase ? Database.DisposeAsync() : ValueTask.CompletedTask;

    private StateEntry? Get(Session session, string key)
    {
        var entry = session.QueryFirst(select, Map, key);
        return entry?.ExpiresAt <= clock.GetUtcNow() ? null : entry;
    }

    private StateRefusal? Apply(Session session, StateWrite write)
    {
        var (now, expiry) = (clock.GetUtcNow(), write.ExpiresAt is { } time ? Text(time) : null);
        var rows = write switch
        {
            { Value: null, ETag: null } => session.Execute(delete, write.Key) is var _ ? 1 : 0,
            { Value: null } => session.Execute(deleteIf, Text(now), write.Key, write.ETag),
            { ETag: not null } => session.Execute(update, Text(now), write.Key, write.Value, NewETag(now), expiry, write.ETag),
            { FirstWrite: true } => session.Execute(insert, Text(now), write.Key, write.Value, NewETag(now), expiry),
            _ => session.Execute(upsert, Text(now), write.Key, write.Value, NewETag(now), expiry),
        };
        return rows > 0 ? null : StateRefusal.EtagMismatch();
    }

    private T Read<T>(Func<Session, T> work)
    {
        try { return Database.Read(work); }
        catch (SqliteException e) { throw new StorageException(e.Message, e); }
    }

    private async Task<T> WriteAsync<T>(Func<Session, T> work)
    {
        try { return await Database.WriteAsync(work); }
        catch (SqliteException e) { throw new StorageException(e.Message, e); }
    }

    private static StateEntry Map(SqliteDataReader row)
    {
        var value = row.GetBoolean(1) ? Convert.FromBase64String(row.GetString(0)) : row.GetFieldValue<byte[]>(0); // binary values come from daprd only
        DateTimeOffset? expiry = row.IsDBNull(3) ? null : DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new StateEntry(value, row.GetString(2), expiry);
    }

    private static string NewETag(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Undoes a transaction whose writes cannot all be done.</summary>
    private sealed class StateRefusedException(StateRefusal refusal) : Exception(refusal.Message)
    {
        public StateRefusal Refusal { get; } = refusal;
    }
}
