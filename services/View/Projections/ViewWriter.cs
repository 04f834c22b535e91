using Microsoft.EntityFrameworkCore;

namespace Resort.View.Projections;

/// <summary>
/// Takes a delivery into the log and computes its rows again, in one transaction. What is in the log already is left out, so a
/// delivery may come again.
/// </summary>
public sealed class ViewWriter(IDbContextFactory<ViewDb> databases) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1); // SQLite has one writer: wait here, not in its busy handler

    public async Task WriteAsync(IReadOnlyList<LoggedEvent> events, CancellationToken cancel)
    {
        var ids = events.Select(e => e.ReservationId).Distinct().ToList();
        await turn.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var log = await db.Events.AsNoTracking().Where(e => ids.Contains(e.ReservationId)).ToListAsync(cancel);
            var seen = log.Select(e => e.EventId).ToHashSet();
            var unseen = events.Where(e => seen.Add(e.EventId)).ToList();
            if (unseen.Count == 0)
                return;
            db.Events.AddRange(unseen);
            var rows = await db.Views.Where(v => ids.Contains(v.ReservationId)).ToDictionaryAsync(v => v.ReservationId, cancel);
            foreach (var reservation in log.Concat(unseen).GroupBy(e => e.ReservationId))
            {
                var row = Fold.Row(reservation.Key, reservation);
                if (rows.TryGetValue(reservation.Key, out var existing))
                    db.Entry(existing).CurrentValues.SetValues(row);
                else
                    db.Views.Add(row);
            }
            await db.SaveChangesAsync(cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
