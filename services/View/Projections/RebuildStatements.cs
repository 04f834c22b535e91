using Microsoft.Data.Sqlite;

namespace Resort.View.Projections;

/// <summary>
/// New rows grow beside those that are read, in a table of the writer alone that is gone with the process. The rows of events that arrive
/// meanwhile are put into both, and at the end what differs is exchanged in one transaction.
/// </summary>
internal sealed class RebuildStatements : IDisposable
{
    private const int Batch = 200;
    private const string Rebuilt = "temp.Rebuilt";

    private readonly ViewStatements views;
    private readonly PreparedInsert<ViewRow> rows;
    private readonly SqliteCommand next;
    private readonly SqliteCommand clear;
    private readonly SqliteCommand remove;
    private readonly SqliteCommand exchange;
    private readonly SqliteCommand counts;
    private bool building;

    public RebuildStatements(ViewStatements views, WriterConnection connection)
    {
        this.views = views;
        using (var create = connection.Command(
            $"CREATE TABLE {Rebuilt} AS SELECT * FROM {nameof(ViewDb.Views)} WHERE FALSE; CREATE UNIQUE INDEX {Rebuilt}ById ON Rebuilt ({nameof(ViewRow.ReservationId)})"))
            create.ExecuteNonQuery();
        rows = new(connection, "INSERT OR REPLACE", Rebuilt);
        next = connection.Command(
            $"SELECT DISTINCT {nameof(LoggedEvent.ReservationId)} FROM {nameof(ViewDb.Events)} WHERE {nameof(LoggedEvent.ReservationId)} > @after ORDER BY 1 LIMIT {Batch}", "@after");
        clear = connection.Command($"DELETE FROM {Rebuilt}");
        remove = connection.Command(
            $"DELETE FROM {nameof(ViewDb.Views)} WHERE {nameof(ViewRow.ReservationId)} NOT IN (SELECT {nameof(ViewRow.ReservationId)} FROM {Rebuilt})");
        exchange = connection.Command($"INSERT OR REPLACE INTO {nameof(ViewDb.Views)} SELECT * FROM {Rebuilt} EXCEPT SELECT * FROM {nameof(ViewDb.Views)}");
        counts = connection.Command($"SELECT (SELECT COUNT(*) FROM {Rebuilt}), (SELECT COUNT(*) FROM {nameof(ViewDb.Events)})");
    }

    public void Begin() => (building, _) = (true, clear.ExecuteNonQuery());

    /// <summary>A row that was written while the new ones are being made.</summary>
    public void Follow(ViewRow row)
    {
        if (building)
            rows.Execute(row);
    }

    /// <summary>The next rows, in the order of their ids.</summary>
    /// <returns>The id of the last one; null when there are no more.</returns>
    public string? Continue(string after)
    {
        var ids = Next(after);
        foreach (var id in ids)
            rows.Execute(views.Fold(id));
        return ids.Count == Batch ? ids[^1] : null;
    }

    public RebuildCounts Exchange()
    {
        var changed = remove.ExecuteNonQuery() + exchange.ExecuteNonQuery();
        using var found = counts.ExecuteReader();
        found.Read();
        return new(found.GetInt32(0), found.GetInt32(1), changed);
    }

    /// <summary>Afterwards rows go to one table again.</summary>
    public void End() => (building, _) = (false, clear.ExecuteNonQuery());

    public void Dispose()
    {
        rows.Dispose();
        next.Dispose();
        clear.Dispose();
        remove.Dispose();
        exchange.Dispose();
        counts.Dispose();
    }

    private List<string> Next(string after)
    {
        next.Parameters[0].Value = after;
        using var found = next.ExecuteReader();
        var ids = new List<string>(Batch);
        while (found.Read())
            ids.Add(found.GetString(0));
        return ids;
    }
}

/// <summary>What a rebuild came to: rows and events there are, and rows that were not as the log has them.</summary>
public sealed record RebuildCounts(int Reservations, int Events, int Changed);
