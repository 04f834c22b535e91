using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>Makes every row again from the log. Who asks while that is under way, here or at another replica, is told how it ends.</summary>
public sealed partial class Rebuild(ViewDatabase database, ViewWriter writer, ILogger<Rebuild> logger)
{
    private readonly Lock gate = new();
    private Task<RebuildCounts>? running;

    public Task<RebuildCounts> RunAsync()
    {
        lock (gate)
            return running is { IsCompleted: false } ? running : running = RunAloneAsync();
    }

    /// <summary>For who is alone already.</summary>
    internal async Task<RebuildCounts> BuildAsync()
    {
        try
        {
            await writer.RebuildAsync(rows => rows.BeginAsync(database));
            RebuildCounts? counts = null;
            for (var after = 0L; counts is null;)
                await writer.RebuildAsync(async rows => (after, counts) = await rows.ContinueAsync(database, after));
            await writer.RebuildAsync(rows => rows.EndAsync());
            Rebuilt(logger, counts.Reservations, counts.Events, counts.Changed);
            return counts;
        }
        catch (Exception exception)
        {
            NotRebuilt(logger, exception.Message); // who asked may have gone
            throw;
        }
    }

    private async Task<RebuildCounts> RunAloneAsync()
    {
        var before = await LastAsync();
        await using var alone = await database.AloneAsync(CancellationToken.None);
        var (number, counts) = await LastAsync();
        return number > before.Number ? counts! : await BuildAsync();
    }

    private Task<(long Number, RebuildCounts? Counts)> LastAsync() => database.ReadAsync(async connection =>
    {
        var last = await connection.ListAsync(
            $"SELECT {database.Sequence}, Reservations, Events, Changed FROM Rebuilds ORDER BY {database.Sequence} DESC LIMIT 1",
            row => (row.GetInt64(0), (RebuildCounts?)new(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))));
        return last.Count > 0 ? last[0] : (0, null);
    }, CancellationToken.None);

    [LoggerMessage(4010, LogLevel.Information, "{Reservations} rows are rebuilt from {Events} events, {Changed} of them were different")]
    private static partial void Rebuilt(ILogger logger, long reservations, long events, long changed);

    [LoggerMessage(4011, LogLevel.Error, "The rows stay as they were, they could not be rebuilt: {Reason}")]
    private static partial void NotRebuilt(ILogger logger, string reason);
}
