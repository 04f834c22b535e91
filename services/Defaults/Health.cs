using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Resort.Defaults;

/// <summary><c>GET /health/live</c> and <c>/health/ready</c>, the latter with the details of each check.</summary>
internal static class Health
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(2);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<SidecarCheck>("sidecar", timeout: deadline);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // whoever asks gets the answer
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok());
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(check => check.Key, check => new { Status = check.Value.Status.ToString(), Details = check.Value.Data }),
    }, WireJson.Options);

    /// <summary>Outbound health: the sidecar's whole health waits for this app, and for a scheduler.</summary>
    private sealed class SidecarCheck(DaprClient dapr) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await dapr.CheckOutboundHealthAsync(cancellationToken) ? HealthCheckResult.Healthy(data: await ExtendedAsync(cancellationToken)) : HealthCheckResult.Unhealthy();

        /// <summary>What the sidecar tells of itself; the embedded one, how its circuit breakers stand.</summary>
        private async Task<Dictionary<string, object>> ExtendedAsync(CancellationToken cancel) =>
            (await dapr.GetMetadataAsync(cancel)).Extended.ToDictionary(entry => entry.Key, entry => (object)entry.Value);
    }
}
