using Microsoft.EntityFrameworkCore;

namespace Resort.View.DeadLetters;

/// <summary>
/// What no consumer could handle. Here because View is the one service with a database that answers questions; a file of its own, so that
/// neither a rebuild of the read model nor its writer has anything to do with it. A letter and its failures come from different topics, in
/// any order and more than once: each is written by itself, and they are put together when they are read.
/// </summary>
public sealed class DeadLetterDb(DbContextOptions<DeadLetterDb> options) : DbContext(options)
{
    public DbSet<DeadLetter> Letters => Set<DeadLetter>();

    public DbSet<Failure> Failures => Set<Failure>();

    /// <summary>Newest first.</summary>
    public Task<List<ExplainedLetter>> ListAsync(int skip, int take, CancellationToken cancel) =>
        Explain(Letters.OrderByDescending(letter => letter.Id).Skip(skip).Take(take)).ToListAsync(cancel);

    public Task<ExplainedLetter?> FindAsync(string id, CancellationToken cancel) => Explain(Letters.Where(letter => letter.Id == id)).FirstOrDefaultAsync(cancel);

    public Task<int> AddDeadAsync(string id, DeadMessage dead, DateTimeOffset now, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"""
        INSERT INTO Letters (Id, App, EventId, Status, Topic, DiedAt, Message)
        VALUES ({id}, {dead.App}, {dead.EventId}, 'Dead', {dead.Topic}, {now}, {dead.Message})
        ON CONFLICT (App, EventId) DO UPDATE SET Status = 'Dead', Topic = excluded.Topic, DiedAt = excluded.DiedAt, Message = excluded.Message
        """, cancel);

    public Task<int> AddFailureAsync(Failure failure, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"""
        INSERT OR IGNORE INTO Failures (FailureId, App, EventId, Reason)
        VALUES ({failure.FailureId}, {failure.App}, {failure.EventId}, {failure.Reason})
        """, cancel);

    /// <summary>What failed long ago and is no dead letter was handled.</summary>
    public Task<int> ForgetFailuresAsync(string before, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"""
        DELETE FROM Failures WHERE FailureId < {before}
        AND NOT EXISTS (SELECT 1 FROM Letters WHERE Letters.App = Failures.App AND Letters.EventId = Failures.EventId)
        """, cancel);

    /// <summary>Unless it came back meanwhile.</summary>
    public Task<int> MarkReplayedAsync(DeadLetter letter, DateTimeOffset now, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"UPDATE Letters SET Status = 'Replayed', ReplayedAt = {now} WHERE Id = {letter.Id} AND DiedAt = {letter.DiedAt}", cancel);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DeadLetter>(letter =>
        {
            letter.HasKey(l => l.Id);
            letter.Property(l => l.Status).HasConversion<string>();
            letter.HasIndex(l => new { l.App, l.EventId }).IsUnique();
        });
        modelBuilder.Entity<Failure>(failure =>
        {
            failure.HasKey(f => new { f.FailureId, f.EventId });
            failure.HasIndex(f => new { f.App, f.EventId });
        });
    }

    private IQueryable<ExplainedLetter> Explain(IQueryable<DeadLetter> letters) =>
        letters.AsNoTracking().Select(letter => new ExplainedLetter(
            letter,
            Failures.Count(failure => failure.App == letter.App && failure.EventId == letter.EventId),
            Failures.Where(failure => failure.App == letter.App && failure.EventId == letter.EventId)
                .OrderByDescending(failure => failure.FailureId).Select(failure => failure.Reason).FirstOrDefault()));
}
