using Npgsql;
using Resort.Sidecar.Components;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State.Postgres;

/// <summary>
/// <c>state.postgresql</c> v2: a table in a PostgreSQL database. Every request is one round trip, a transaction two. A server that is away fails the
/// operation; connections come back by themselves.
/// </summary>
internal sealed class PostgresStateStore : IStateStore
{
    private readonly NpgsqlDataSource source;
    private readonly PostgresStatements statements;

    private PostgresStateStore(NpgsqlDataSource source, PostgresStatements statements) => (this.source, this.statements) = (source, statements);

    public IReadOnlyList<string> Capabilities => ["ETAG", "TRANSACTIONAL", "TTL", "KEYS_LIKE", "ACTOR"];

    public TtlRule Ttl { get; } = new(RefusesBelowMinusOne: true, ErrorPrefix: "error parsing TTL: incorrect value for metadata 'ttlInSeconds': ");

    /// <summary>Connects and creates the tables that are missing.</summary>
    /// <exception cref="ResourceException">The server cannot be reached, or refuses.</exception>
    public static async Task<PostgresStateStore> OpenAsync(PostgresSettings settings, SourceLocation where, TimeProvider clock)
    {
        var schema = new PostgresSchema(settings.TablePrefix, settings.MetadataTableName);
        NpgsqlDataSource? source = null;
        try
        {
            source = NpgsqlDataSource.Create(settings.Connection);
            await schema.CreateAsync(source);
            return new PostgresStateStore(source, new PostgresStatements(schema.Table, clock));
        }
        catch (Exception e) when (PostgresFailure.Is(e) || e is ArgumentException or NotSupportedException or IOException)
        {
            if (source is not null) await source.DisposeAsync();
            throw new ResourceException(where, $"cannot use PostgreSQL at {settings.Connection.Host}: {PostgresFailure.Cause(e)}");
        }
    }

    public async Task<StateEntry?> GetAsync(string key) => (await GetManyAsync([key]))[0];

    public async Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> keys)
    {
        if (keys.Count == 0) return [];
        var found = new Dictionary<string, StateEntry>(StringComparer.Ordinal);
        try
        {
            await using var command = statements.Select(source, keys);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                found[rows.GetString(0)] = new StateEntry(rows.GetFieldValue<byte[]>(1), rows.GetGuid(2).ToString(), await rows.IsDBNullAsync(3) ? null : rows.GetFieldValue<DateTimeOffset>(3));
        }
        catch (Exception e) when (PostgresFailure.Is(e)) { throw PostgresFailure.Of(e); }
        return [.. keys.Select(found.GetValueOrDefault)];
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        try
        {
            List<string> keys = [];
            await using var command = statements.SelectKeys(source, prefix);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) keys.Add(rows.GetString(0));
            return keys;
        }
        catch (Exception e) when (PostgresFailure.Is(e)) { throw PostgresFailure.Of(e); }
    }

    /// <summary>All in one commit; if the server refuses one of them, which undoes all, each in its own.</summary>
    public async Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            return await RunAsync(connection, writes);
        }
        catch (PostgresException) when (writes.Count > 1)
        {
            var refusals = new StateRefusal?[writes.Count];
            for (var i = 0; i < writes.Count; i++) refusals[i] = await WriteOneAsync(writes[i]);
            return refusals;
        }
        catch (Exception e) when (PostgresFailure.Is(e)) { throw PostgresFailure.Of(e); }
    }

    public async Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, Action<Database, Session>? alongside = null)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var refusal = Array.Find(await RunAsync(connection, writes), refusal => refusal is not null);
            if (refusal is null) await transaction.CommitAsync();
            return refusal;
        }
        catch (Exception e) when (PostgresFailure.Is(e)) { throw PostgresFailure.Of(e); }
    }

    public async Task RemoveExpiredAsync()
    {
        try
        {
            await using var command = statements.DeleteExpired(source);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (PostgresFailure.Is(e)) { throw PostgresFailure.Of(e); }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<StateRefusal?> WriteOneAsync(StateWrite write)
    {
        try { return (await WriteEachAsync([write]))[0]; }
        catch (StorageException e) { return new StateRefusal(e.Message); }
    }

    /// <summary>Does writes in one round trip: what refused each, or null.</summary>
    private async Task<StateRefusal?[]> RunAsync(NpgsqlConnection connection, IReadOnlyList<StateWrite> writes)
    {
        var refusals = new StateRefusal?[writes.Count];
        await using var batch = new NpgsqlBatch(connection);
        var commands = new NpgsqlBatchCommand?[writes.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            (commands[i], refusals[i]) = statements.Write(writes[i]);
            if (commands[i] is { } command) batch.BatchCommands.Add(command);
        }
        if (batch.BatchCommands.Count == 0) return refusals;
        await batch.ExecuteNonQueryAsync();
        for (var i = 0; i < writes.Count; i++)
            if (commands[i] is { } command) refusals[i] = PostgresStatements.Judge(writes[i], command.Rows);
        return refusals;
    }
}
