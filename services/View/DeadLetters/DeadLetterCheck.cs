using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Resort.View.DeadLetters;

/// <summary>Tells how many letters of each app are dead. They want to be looked at, but View is ready all the same.</summary>
public sealed class DeadLetterCheck(DeadLetterDb letters) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var counts = await letters.CountDeadAsync(cancellationToken);
        return counts.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(data: counts.ToDictionary(c => c.App, c => (object)c.Count));
    }
}
