using Resort.Defaults;
using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>What is asked of the rows.</summary>
public sealed class ViewQueries(ViewDatabase database)
{
    public Task<ViewRow?> FindAsync(string reservationId, CancellationToken cancel) => database.ReadAsync(async connection =>
        (await connection.ListAsync("SELECT * FROM Views WHERE ReservationId = @id", ViewTable.Read, ("@id", reservationId))).FirstOrDefault(), cancel);

    /// <summary>
    /// A page, newest first if nothing else is asked for: the ids begin with their time. The condition is SQL, and what is searched in and sorted by
    /// are columns; none of them is ever a caller's text.
    /// </summary>
    public Task<(long Total, List<ViewRow> Rows)> PageAsync(string condition, Search? search, IReadOnlyList<Sorting> sortings, Paging paging, CancellationToken cancel)
    {
        var values = (search?.Values ?? []).Select((value, n) => ($"@value{n}", (object?)value)).ToArray();
        var where = search is null ? condition : $"{condition} AND {search.Column} IN ({string.Join(", ", values.Select(value => value.Item1))})";
        // the databases do not agree by themselves on where nothing is sorted to
        var order = string.Concat(sortings.Select(sorting => $"{sorting.Field} {(sorting.Descending ? "DESC NULLS LAST" : "ASC NULLS FIRST")}, "));
        return database.ReadAsync(async connection => (
            await connection.NumberAsync($"SELECT COUNT(*) FROM Views WHERE {where}", values),
            await connection.ListAsync(
                $"SELECT * FROM Views WHERE {where} ORDER BY {order}ReservationId DESC LIMIT @size OFFSET @skip", ViewTable.Read,
                [.. values, ("@size", paging.Size), ("@skip", paging.Skip)])), cancel);
    }
}

/// <summary>Rows that have one of these values in a column.</summary>
public sealed record Search(string Column, IReadOnlyList<string> Values);
