using Microsoft.EntityFrameworkCore;

namespace Resort.View.DeadLetters;

/// <summary>
/// What no consumer could handle. Here because View is the one service with a database that answers questions; a file of its own, so that
/// neither a rebuild of the read model nor its writer has anything to do with it. Writes are single upserts: messages of one event come in any order.
/// </summary>
public sealed class DeadLetterDb(DbContextOptions<DeadLetterDb> options) : DbContext(options)
{
    public DbSet<DeadLetter> Letters => Set<DeadLetter>();

    /// <summary>Those that their consumer gave up at least once.</summary>
    public IQueryable<DeadLetter> GivenUp => Letters.AsNoTracking().Where(letter => letter.Status != DeadLetterStatus.Failing);

    public Task<DeadLetter?> FindGivenUpAsync(Guid id, CancellationToken cancel)
    {
        var text = id.ToString();
        return GivenUp.FirstOrDefaultAsync(letter => letter.Id == text, cancel);
    }

    public Task<int> AddDeadAsync(string id, DeadMessage dead, DateTimeOffset now, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"""
        INSERT INTO Letters (Id, App, EventId, Status, Topic, Attempts, DiedAt, Message)
        VALUES ({id}, {dead.App}, {dead.EventId}, 'Dead', {dead.Topic}, 0, {now}, {dead.Message})
        ON CONFLICT (App, EventId) DO UPDATE SET Status = 'Dead', Topic = excluded.Topic, DiedAt = excluded.DiedAt, Message = excluded.Message
        """, cancel);

    public Task<int> AddFailureAsync(string id, string app, string eventId, string reason, string failureId, CancellationToken cancel) =>
        Database.ExecuteSqlInterpolatedAsync(
        $"""
        INSERT INTO Letters (Id, App, EventId, Status, Attempts, Reason, LastFailure)
        VALUES ({id}, {app}, {eventId}, 'Failing', 1, {reason}, {failureId})
        ON CONFLICT (App, EventId) DO UPDATE SET Attempts = Attempts + 1, Reason = excluded.Reason, LastFailure = excluded.LastFailure
        WHERE LastFailure IS NULL OR LastFailure < excluded.LastFailure
        """, cancel);

    /// <summary>What failed and was handled later is of no interest; the ids of failures begin with their time.</summary>
    public Task<int> ForgetFailingAsync(string before, CancellationToken cancel) =>
        Database.ExecuteSqlInterpolatedAsync($"DELETE FROM Letters WHERE Status = 'Failing' AND LastFailure < {before}", cancel);

    /// <summary>Unless it came back meanwhile.</summary>
    public Task<int> MarkReplayedAsync(DeadLetter letter, DateTimeOffset now, CancellationToken cancel) => Database.ExecuteSqlInterpolatedAsync(
        $"UPDATE Letters SET Status = 'Replayed', ReplayedAt = {now} WHERE Id = {letter.Id} AND DiedAt = {letter.DiedAt}", cancel);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<DeadLetter>(letter =>
    {
        letter.HasKey(l => l.Id);
        letter.Property(l => l.Status).HasConversion<string>();
        letter.HasIndex(l => new { l.App, l.EventId }).IsUnique();
        letter.HasIndex(l => new { l.Status, l.LastFailure });
    });
}
