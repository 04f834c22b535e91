using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>
/// New rows grow beside those that are read, in a table of the writer's connection alone. They follow the log from its beginning; when they have
/// caught up with it, what differs is exchanged in the same transaction.
/// </summary>
internal sealed class RebuildStatements(ViewStatements views, WriterConnection writer)
{
    private const int Batch = 1000;
    private const string Rebuilt = "Rebuilt";

    public async Task BeginAsync(ViewDatabase database)
    {
        await EndAsync();
        await writer.Connection.ExecuteAsync(ViewTable.Create(database, $"TEMPORARY TABLE {Rebuilt}"));
    }

    /// <summary>Takes in the next events after a place in the log.</summary>
    /// <returns>The place where to go on; what it came to, when there was no more.</returns>
    public async Task<(long After, RebuildCounts? Counts)> ContinueAsync(ViewDatabase database, long after)
    {
        var next = await writer.Connection.ListAsync(
            $"SELECT {database.Sequence}, ReservationId FROM Events WHERE {database.Sequence} > @after ORDER BY {database.Sequence} LIMIT {Batch}",
            row => (Sequence: row.GetInt64(0), ReservationId: row.GetString(1)), ("@after", after));
        await using (var put = await ViewTable.PreparePutAsync(writer, Rebuilt))
        {
            foreach (var reservationId in next.Select(logged => logged.ReservationId).Distinct())
                await put.ExecuteAsync(ViewTable.Values(await views.FoldAsync(reservationId)));
        }
        return next.Count == Batch ? (next[^1].Sequence, null) : (0, await ExchangeAsync());
    }

    public Task<int> EndAsync() => writer.Connection.ExecuteAsync($"DROP TABLE IF EXISTS {Rebuilt}");

    private async Task<RebuildCounts> ExchangeAsync()
    {
        var changed = await writer.Connection.ExecuteAsync($"DELETE FROM Views WHERE ReservationId NOT IN (SELECT ReservationId FROM {Rebuilt})")
            // WHERE TRUE: SQLite would take what follows for a part of the join
            + await writer.Connection.ExecuteAsync($"INSERT INTO Views SELECT * FROM (SELECT * FROM {Rebuilt} EXCEPT SELECT * FROM Views) AS Different WHERE TRUE {ViewTable.OrReplace}");
        var counts = new RebuildCounts(
            await writer.Connection.NumberAsync($"SELECT COUNT(*) FROM {Rebuilt}"), await writer.Connection.NumberAsync("SELECT COUNT(*) FROM Events"), changed);
        await writer.Connection.ExecuteAsync(
            "INSERT INTO Rebuilds (Reservations, Events, Changed) VALUES (@reservations, @events, @changed)",
            ("@reservations", counts.Reservations), ("@events", counts.Events), ("@changed", counts.Changed));
        return counts;
    }
}

/// <summary>What a rebuild came to: rows and events there are, and rows that were not as the log has them.</summary>
public sealed record RebuildCounts(long Reservations, long Events, long Changed);
