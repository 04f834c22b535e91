using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Resort.Sidecar.State.Postgres;

/// <summary>The statements of a store's table, and how each write becomes one.</summary>
internal sealed class PostgresStatements(string table, TimeProvider clock)
{
    private const string Alive = "(expires_at IS NULL OR expires_at > $2)";

    private readonly string select = $"SELECT key, value, etag, expires_at FROM {table} WHERE key = ANY($1) AND {Alive}";
    private readonly string selectKeys = $"SELECT key FROM {table} WHERE starts_with(key, $1) ORDER BY key COLLATE \"C\"";
    private readonly string upsert = Insert(table, "");
    private readonly string insert = Insert(table, " WHERE t.expires_at <= $2");
    private readonly string update = $"UPDATE {table} SET value = $3, etag = $4, updated_at = $2, expires_at = $5 WHERE key = $1 AND etag = $6 AND {Alive}";
    private readonly string delete = $"DELETE FROM {table} WHERE key = $1";
    private readonly string deleteIf = $"DELETE FROM {table} WHERE key = $1 AND etag = $3 AND {Alive}";
    private readonly string deleteExpired = $"DELETE FROM {table} WHERE expires_at <= $1";

    /// <summary>The entries of some keys that have not expired.</summary>
    public NpgsqlCommand Select(NpgsqlDataSource source, IReadOnlyList<string> keys)
    {
        var command = source.CreateCommand(select);
        Add(command.Parameters, keys as string[] ?? [.. keys], Now());
        return command;
    }

    /// <summary>The keys that begin so, in order of their bytes.</summary>
    public NpgsqlCommand SelectKeys(NpgsqlDataSource source, string prefix)
    {
        var command = source.CreateCommand(selectKeys);
        Add(command.Parameters, prefix);
        return command;
    }

    public NpgsqlCommand DeleteExpired(NpgsqlDataSource source)
    {
        var command = source.CreateCommand(deleteExpired);
        Add(command.Parameters, Now());
        return command;
    }

    /// <summary>A write as a command, or why it is refused: an etag that is no UUID cannot be that of any entry.</summary>
    public (NpgsqlBatchCommand? Command, StateRefusal? Refusal) Write(StateWrite write)
    {
        var etag = Guid.Empty;
        if (write.ETag is { } text && !TryParse(text, out etag)) return (null, StateRefusal.EtagMismatch(WhyNoUuid(text)));
        var now = Now();
        var command = new NpgsqlBatchCommand(write switch
        {
            { Value: null, ETag: null } => delete,
            { Value: null } => deleteIf,
            { ETag: not null } => update,
            { FirstWrite: true } => insert,
            _ => upsert,
        });
        Add(command.Parameters, write.Key);
        if (write is { Value: null, ETag: not null }) Add(command.Parameters, now, etag);
        if (write.Value is null) return (command, null);
        Add(command.Parameters, now, write.Value, Guid.CreateVersion7(clock.GetUtcNow()));
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)write.ExpiresAt?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        if (write.ETag is not null) Add(command.Parameters, etag);
        return (command, null);
    }

    /// <summary>What it means that a write touched so many rows.</summary>
    public static StateRefusal? Judge(StateWrite write, ulong rows) => write switch
    {
        { Value: null, ETag: null } => null,
        _ when rows > 0 => null,
        { ETag: not null } => StateRefusal.EtagMismatch(),
        _ => new StateRefusal("no item was updated"),
    };

    private static string Insert(string table, string condition) =>
        $"INSERT INTO {table} AS t (key, created_at, value, etag, expires_at) VALUES ($1, $2, $3, $4, $5)"
        + $" ON CONFLICT (key) DO UPDATE SET value = excluded.value, etag = excluded.etag, updated_at = $2, expires_at = excluded.expires_at{condition}";

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    private static void Add(NpgsqlParameterCollection parameters, params object[] values)
    {
        foreach (var value in values) parameters.Add(new NpgsqlParameter { Value = value });
    }

    /// <summary>The forms that Go's UUID reader takes: plain, without hyphens, in braces, and as a URN.</summary>
    private static bool TryParse(string text, out Guid etag) => Guid.TryParse(
        text.Length switch
        {
            38 when text[0] == '{' && text[^1] == '}' => text[1..^1],
            45 when text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) => text[9..],
            32 or 36 => text,
            _ => null,
        }, out etag);

    private static string WhyNoUuid(string text) => Encoding.UTF8.GetByteCount(text) is var length and not (32 or 36 or 38 or 45) ? $"invalid UUID length: {length}" : "invalid UUID format";
}
