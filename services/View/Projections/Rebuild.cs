namespace Resort.View.Projections;

/// <summary>Makes every row again from the log. Who asks while that is under way is told how it ends.</summary>
public sealed partial class Rebuild(ViewWriter writer, ILogger<Rebuild> logger)
{
    private readonly Lock gate = new();
    private Task<RebuildCounts>? running;

    public Task<RebuildCounts> RunAsync()
    {
        lock (gate)
            return running is { IsCompleted: false } ? running : running = BuildAsync();
    }

    private async Task<RebuildCounts> BuildAsync()
    {
        try
        {
            await writer.RebuildAsync(rows => rows.Begin());
            for (string? last = ""; last is not null;)
                await writer.RebuildAsync(rows => last = rows.Continue(last));
            RebuildCounts? counts = null;
            await writer.RebuildAsync(rows => counts = rows.Exchange());
            Rebuilt(logger, counts!.Reservations, counts.Events, counts.Changed);
            return counts;
        }
        catch (Exception exception)
        {
            NotRebuilt(logger, exception.Message); // who asked may have gone
            throw;
        }
        finally
        {
            await writer.RebuildAsync(rows => rows.End());
        }
    }

    [LoggerMessage(4010, LogLevel.Information, "{Reservations} rows are rebuilt from {Events} events, {Changed} of them were different")]
    private static partial void Rebuilt(ILogger logger, int reservations, int events, int changed);

    [LoggerMessage(4011, LogLevel.Error, "The rows stay as they were, they could not be rebuilt: {Reason}")]
    private static partial void NotRebuilt(ILogger logger, string reason);
}
