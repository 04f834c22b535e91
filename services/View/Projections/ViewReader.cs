using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Resort.View.Projections;

/// <summary>Reads, each on a snapshot of its own: what one query sees, the next one sees too. SQLite reads in the calling thread, whatever it is called with.</summary>
public sealed class ViewReader(IDbContextFactory<ViewDb> databases, ViewGate gate)
{
    public T Read<T>(Func<ViewDb, T> query) => gate.Read(() =>
    {
        using var db = databases.CreateDbContext();
        using var snapshot = gate.BeginRead(() => Begin(db));
        return query(db);
    });

    private static SqliteTransaction Begin(ViewDb db)
    {
        db.Database.OpenConnection();
        var snapshot = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        db.Database.UseTransaction(snapshot);
        db.Database.ExecuteSqlRaw("SELECT 1 FROM sqlite_master"); // a transaction begins with its first statement
        return snapshot;
    }
}
