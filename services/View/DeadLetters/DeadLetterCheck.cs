using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Resort.View.DeadLetters;

/// <summary>Tells how many letters of each app are dead. They want to be looked at, but View is ready all the same.</summary>
public sealed class DeadLetterCheck(IDbContextFactory<DeadLetterDb> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = databases.CreateDbContext();
        var counts = await db.Letters.Where(letter => letter.Status == DeadLetterStatus.Dead).GroupBy(letter => letter.App)
            .Select(app => new { App = app.Key, Count = app.Count() }).ToListAsync(cancellationToken);
        return counts.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(data: counts.ToDictionary(c => c.App, c => (object)c.Count));
    }
}
