using Microsoft.EntityFrameworkCore;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>
/// Takes deliveries into the log and computes their rows again, as many deliveries in one transaction as are waiting. What is in the
/// log already is left out, so a delivery may come again. A rebuild does its work between the deliveries.
/// </summary>
public sealed class ViewWriter : IDisposable
{
    private const int LargestGroup = 64;

    private readonly Lazy<ViewStatements> statements;
    private readonly Listeners listeners;
    private readonly GroupServer<Work> groups;

    public ViewWriter(IDbContextFactory<ViewDb> databases, ViewGate gate, Listeners listeners)
    {
        statements = new(() => new(new(databases.CreateDbContext(), gate)));
        this.listeners = listeners;
        groups = new(LargestGroup, ServeAsync);
    }

    public Task WriteAsync(IReadOnlyList<LoggedEvent> events) =>
        AddAsync((views, changed) => changed.UnionWith(events.Where(views.TryLog).Select(logged => logged.ReservationId)));

    internal Task RebuildAsync(Action<RebuildStatements> step) => AddAsync((views, _) => step(views.Rebuilt));

    public void Dispose()
    {
        if (statements.IsValueCreated)
            statements.Value.Dispose();
    }

    private Task AddAsync(Action<ViewStatements, HashSet<string>> apply)
    {
        var work = new Work(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        groups.Add(work);
        return work.Done.Task;
    }

    private Task ServeAsync(IReadOnlyList<Work> group)
    {
        try
        {
            listeners.Wake(Write(group));
            foreach (var work in group)
                work.Done.SetResult();
        }
        catch (Exception exception)
        {
            foreach (var work in group)
                work.Done.SetException(exception); // none of them is acknowledged
        }
        return Task.CompletedTask;
    }

    private HashSet<string> Write(IReadOnlyList<Work> group)
    {
        var changed = new HashSet<string>();
        statements.Value.Transact(() =>
        {
            foreach (var work in group)
                work.Apply(statements.Value, changed);
            foreach (var reservationId in changed)
                statements.Value.Put(statements.Value.Fold(reservationId));
        });
        return changed;
    }

    private sealed record Work(Action<ViewStatements, HashSet<string>> Apply, TaskCompletionSource Done);
}
