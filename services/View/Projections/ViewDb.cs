using Microsoft.EntityFrameworkCore;
using Resort.Contracts;

namespace Resort.View.Projections;

/// <summary>
/// The read model in SQLite. Its log is the only copy of the events, so the provider's defaults stay: WAL, and synchronous=FULL,
/// which loses no acknowledged event when the power fails.
/// </summary>
public sealed class ViewDb(DbContextOptions<ViewDb> options) : DbContext(options)
{
    public DbSet<LoggedEvent> Events => Set<LoggedEvent>();

    public DbSet<ViewRow> Views => Set<ViewRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<ReservationStatus>().HaveConversion<string>();
        configurationBuilder.Properties<PaymentStatus>().HaveConversion<string>();
        configurationBuilder.Properties<IssueStatus>().HaveConversion<string>();
        configurationBuilder.Properties<PointsType>().HaveConversion<string>();
        configurationBuilder.Properties<PaymentType>().HaveConversion<string>();
        configurationBuilder.Properties<RejectionReason>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LoggedEvent>(logged =>
        {
            // SQLite's own number of a row; as no event is ever deleted, it only grows
            logged.HasKey(e => e.Sequence);
            logged.Property(e => e.Sequence).HasColumnName("rowid").ValueGeneratedNever();
            logged.HasIndex(e => e.EventId).IsUnique();
            logged.HasIndex(e => e.ReservationId);
        });
        modelBuilder.Entity<ViewRow>(view =>
        {
            view.HasKey(v => v.ReservationId);
            view.HasIndex(v => v.Phone);
        });
    }
}
