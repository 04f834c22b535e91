using Microsoft.Data.Sqlite;

namespace Resort.View.Projections;

/// <summary>
/// The writing side of <see cref="ViewDb"/> as prepared statements on one connection. Every booking passes here five times, and change
/// tracking costs several times what SQLite does.
/// </summary>
internal sealed class ViewStatements : IDisposable
{
    private readonly WriterConnection connection;
    private readonly SqliteCommand log;
    private readonly PreparedInsert<LoggedEvent> events;
    private readonly PreparedInsert<ViewRow> views;

    public ViewStatements(WriterConnection connection)
    {
        this.connection = connection;
        events = new(connection, "INSERT OR IGNORE", nameof(ViewDb.Events));
        views = new(connection, "INSERT OR REPLACE", nameof(ViewDb.Views));
        log = connection.Command(
            $"SELECT {nameof(LoggedEvent.EventId)}, {nameof(LoggedEvent.Name)}, {nameof(LoggedEvent.Data)} "
            + $"FROM {nameof(ViewDb.Events)} WHERE {nameof(LoggedEvent.ReservationId)} = @id", "@id");
        Rebuilt = new(this, connection);
    }

    public RebuildStatements Rebuilt { get; }

    /// <returns>Whether the event was not in the log before.</returns>
    public bool TryLog(LoggedEvent logged) => events.Execute(logged) > 0;

    /// <summary>The row of a reservation as its log has it now.</summary>
    public ViewRow Fold(string reservationId) => Projections.Fold.Row(reservationId, Log(reservationId));

    public void Put(ViewRow row)
    {
        views.Execute(row);
        Rebuilt.Follow(row);
    }

    public void Transact(Action work) => connection.Transact(work);

    public void Dispose()
    {
        Rebuilt.Dispose();
        log.Dispose();
        events.Dispose();
        views.Dispose();
        connection.Dispose();
    }

    private List<LoggedEvent> Log(string reservationId)
    {
        log.Parameters[0].Value = reservationId;
        using var rows = log.ExecuteReader();
        var found = new List<LoggedEvent>();
        while (rows.Read())
            found.Add(new() { ReservationId = reservationId, EventId = rows.GetString(0), Name = rows.GetString(1), Data = rows.GetString(2) });
        return found;
    }
}
