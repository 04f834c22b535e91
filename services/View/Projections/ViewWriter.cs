using Microsoft.EntityFrameworkCore;
using Resort.Defaults;

namespace Resort.View.Projections;

/// <summary>
/// Takes deliveries into the log and computes their rows again, as many deliveries in one transaction as are waiting. What is in the
/// log already is left out, so a delivery may come again.
/// </summary>
public sealed class ViewWriter : IDisposable
{
    private const int LargestGroup = 64;

    private readonly Lazy<ViewStatements> statements;
    private readonly GroupServer<Delivery> groups;

    public ViewWriter(IDbContextFactory<ViewDb> databases)
    {
        statements = new(() => new(databases.CreateDbContext()));
        groups = new(LargestGroup, ServeAsync);
    }

    public Task WriteAsync(IReadOnlyList<LoggedEvent> events)
    {
        var delivery = new Delivery(events, new(TaskCreationOptions.RunContinuationsAsynchronously));
        groups.Add(delivery);
        return delivery.Done.Task;
    }

    public void Dispose()
    {
        if (statements.IsValueCreated)
            statements.Value.Dispose();
    }

    private Task ServeAsync(IReadOnlyList<Delivery> group)
    {
        try
        {
            Write(group.SelectMany(delivery => delivery.Events));
            foreach (var delivery in group)
                delivery.Done.SetResult();
        }
        catch (Exception exception)
        {
            foreach (var delivery in group)
                delivery.Done.SetException(exception); // none of them is acknowledged
        }
        return Task.CompletedTask;
    }

    private void Write(IEnumerable<LoggedEvent> events)
    {
        using var transaction = statements.Value.Begin();
        var changed = events.Where(statements.Value.TryLog).Select(logged => logged.ReservationId).ToHashSet();
        foreach (var reservationId in changed)
            statements.Value.Put(Fold.Row(reservationId, statements.Value.Log(reservationId)));
        transaction.Commit();
    }

    private sealed record Delivery(IReadOnlyList<LoggedEvent> Events, TaskCompletionSource Done);
}
