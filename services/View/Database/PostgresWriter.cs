using System.Text;
using Npgsql;

namespace Resort.View.Database;

/// <summary>Writes while no other replica does, and tells all of them, itself as well, what has changed.</summary>
internal sealed class PostgresWriter(NpgsqlConnection connection) : WriterConnection(connection, "BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()), 1)")
{
    /// <summary>PostgreSQL takes less than 8000 bytes.</summary>
    private const int LongestPayload = 7999;

    private const char Separator = ',';

    /// <summary>What a notification tells; null stands for any.</summary>
    public static IReadOnlySet<string>? Changed(string payload) => payload.Length == 0 ? null : payload.Split(Separator).ToHashSet();

    protected override Task CommitAsync(IReadOnlySet<string> changed) => changed.Count == 0
        ? Connection.ExecuteAsync("COMMIT")
        : Connection.ExecuteAsync("SELECT pg_notify(current_schema(), @changed); COMMIT", ("@changed", Payload(changed)));

    private static string Payload(IReadOnlySet<string> changed)
    {
        var payload = string.Join(Separator, changed);
        return Encoding.UTF8.GetByteCount(payload) <= LongestPayload ? payload : "";
    }
}
