using System.Net.Sockets;
using Npgsql;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State.Postgres;

/// <summary>What it looks like when a PostgreSQL server refuses, or is away.</summary>
internal static class PostgresFailure
{
    public static bool Is(Exception error) => error is NpgsqlException or TimeoutException or SocketException or ObjectDisposedException;

    /// <summary>The error for callers of the store.</summary>
    public static StorageException Of(Exception error) => new(Cause(error), error);

    /// <summary>What the server said, or else what happened on the way to it.</summary>
    public static string Cause(Exception error) => error switch
    {
        PostgresException refused => $"{refused.MessageText} (SQLSTATE {refused.SqlState})",
        { InnerException: { } inner and not PostgresException } => $"{error.Message}: {inner.Message}",
        _ => error.Message,
    };
}
