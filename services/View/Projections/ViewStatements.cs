using System.Data;
using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>The writing side of the read model as prepared statements on one connection: every booking passes here five times.</summary>
internal sealed class ViewStatements : IAsyncDisposable
{
    private readonly WriterConnection connection;
    private readonly Statement insert;
    private readonly Statement log;
    private readonly Statement put;

    private ViewStatements(WriterConnection connection, Statement insert, Statement log, Statement put) =>
        (this.connection, this.insert, this.log, this.put, Rebuilt) = (connection, insert, log, put, new(this, connection));

    public static async Task<ViewStatements> OpenAsync(ViewDatabase database)
    {
        var connection = await database.OpenWriterAsync();
        return new(
            connection,
            await connection.PrepareAsync(
                "INSERT INTO Events (EventId, ReservationId, Name, Data) VALUES (@eventid, @reservationid, @name, @data) ON CONFLICT (EventId) DO NOTHING",
                ("@eventid", DbType.String), ("@reservationid", DbType.String), ("@name", DbType.String), ("@data", DbType.String)),
            await connection.PrepareAsync("SELECT EventId, Name, Data FROM Events WHERE ReservationId = @id", ("@id", DbType.String)),
            await ViewTable.PreparePutAsync(connection, "Views"));
    }

    /// <summary>False when the server is gone: then others are to be opened.</summary>
    public bool IsOpen => connection.IsOpen;

    public RebuildStatements Rebuilt { get; }

    /// <inheritdoc cref="WriterConnection.TransactAsync"/>
    public Task TransactAsync(Func<Task<IReadOnlySet<string>>> work) => connection.TransactAsync(work);

    /// <returns>Whether the event was not in the log before.</returns>
    public async Task<bool> TryLogAsync(LoggedEvent logged) => await insert.ExecuteAsync(logged.EventId, logged.ReservationId, logged.Name, logged.Data) > 0;

    /// <summary>The row of a reservation as its log has it now.</summary>
    public async Task<ViewRow> FoldAsync(string reservationId)
    {
        await using var rows = await log.ReadAsync(reservationId);
        var found = new List<LoggedEvent>();
        while (await rows.ReadAsync())
            found.Add(new() { ReservationId = reservationId, EventId = rows.GetString(0), Name = rows.GetString(1), Data = rows.GetString(2) });
        return Fold.Row(reservationId, found);
    }

    public Task PutAsync(ViewRow row) => put.ExecuteAsync(ViewTable.Values(row));

    public async ValueTask DisposeAsync()
    {
        await insert.DisposeAsync();
        await log.DisposeAsync();
        await put.DisposeAsync();
        await connection.DisposeAsync();
    }
}
