using Resort.Defaults;
using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>
/// Takes deliveries into the log and computes their rows again, as many deliveries in one transaction as are waiting. What is in the
/// log already is left out, so a delivery may come again. A rebuild does its work between the deliveries.
/// </summary>
public sealed class ViewWriter : IAsyncDisposable
{
    private const int LargestGroup = 64;

    private readonly ViewDatabase database;
    private readonly BookingMetrics metrics;
    private readonly GroupServer<Work> groups;
    private ViewStatements? statements;

    public ViewWriter(ViewDatabase database, BookingMetrics metrics)
    {
        (this.database, this.metrics) = (database, metrics);
        groups = new(LargestGroup, ServeAsync);
    }

    public async Task WriteAsync(IReadOnlyList<LoggedEvent> events)
    {
        var unknown = new List<LoggedEvent>();
        await AddAsync(async (views, changed) =>
        {
            foreach (var logged in events)
            {
                if (await views.TryLogAsync(logged))
                    unknown.Add(logged);
            }
            changed.UnionWith(unknown.Select(logged => logged.ReservationId));
        });
        metrics.Count(unknown);
    }

    /// <summary>Before a step of a rebuild the rows are brought up to the log: deliveries of the same transaction may be in the log only.</summary>
    internal Task RebuildAsync(Func<RebuildStatements, Task> step) => AddAsync(async (views, changed) =>
    {
        await PutAsync(views, changed);
        await step(views.Rebuilt);
    });

    public async ValueTask DisposeAsync()
    {
        if (statements is not null)
            await statements.DisposeAsync();
    }

    private Task AddAsync(Func<ViewStatements, HashSet<string>, Task> apply)
    {
        var work = new Work(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        groups.Add(work);
        return work.Done.Task;
    }

    private async Task ServeAsync(IReadOnlyList<Work> group)
    {
        try
        {
            await WriteAsync(group, await OpenAsync());
            foreach (var work in group)
                work.Done.SetResult();
        }
        catch (Exception exception)
        {
            foreach (var work in group)
                work.Done.SetException(exception); // none of them is acknowledged
        }
    }

    private async Task<ViewStatements> OpenAsync()
    {
        if (statements is { IsOpen: false } lost)
        {
            statements = null;
            await lost.DisposeAsync();
        }
        return statements ??= await ViewStatements.OpenAsync(database);
    }

    private static Task WriteAsync(IReadOnlyList<Work> group, ViewStatements views) => views.TransactAsync(async () =>
    {
        var changed = new HashSet<string>();
        foreach (var work in group)
            await work.ApplyAsync(views, changed);
        await PutAsync(views, changed);
        return changed;
    });

    private static async Task PutAsync(ViewStatements views, HashSet<string> changed)
    {
        foreach (var reservationId in changed)
            await views.PutAsync(await views.FoldAsync(reservationId));
    }

    private sealed record Work(Func<ViewStatements, HashSet<string>, Task> ApplyAsync, TaskCompletionSource Done);
}
