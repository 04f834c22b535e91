using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Resort.Defaults;

namespace Resort.Gateway;

/// <summary>
/// Refuses what is too much before it harms the rest: a client has a rate, and all have so many requests at a time, with a short queue for bursts.
/// Whoever is refused learns when to come again.
/// </summary>
internal static class Overload
{
    private static readonly TimeSpan beforeNextTry = TimeSpan.FromSeconds(1);

    public static void LimitRequests(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("Limits").Get<Limits>() ?? new();
        builder.Services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, IPAddress>(http => PerClient(http, limits)),
                PartitionedRateLimiter.Create<HttpContext, bool>(http => AtATime(http, limits)));
            options.OnRejected = (context, _) => RefuseAsync(context.HttpContext, context.Lease);
        });
    }

    private static RateLimitPartition<IPAddress> PerClient(HttpContext http, Limits limits) =>
        RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress ?? IPAddress.None, _ => new()
        {
            TokensPerPeriod = limits.PerSecondAndClient,
            TokenLimit = limits.PerSecondAndClient,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });

    // A stream of events lasts as long as somebody looks, and a probe must be answered also by a busy gateway
    private static RateLimitPartition<bool> AtATime(HttpContext http, Limits limits) =>
        http.Request.Path.StartsWithSegments("/views/stream") || http.Request.Path.StartsWithSegments("/health")
            ? RateLimitPartition.GetNoLimiter(false)
            : RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = limits.AtATime, QueueLimit = limits.Queued });

    private static async ValueTask RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        var isRate = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        http.Response.Headers.RetryAfter = Math.Ceiling((isRate ? wait : beforeNextTry).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var problem = isRate
            ? Problems.Problem(StatusCodes.Status429TooManyRequests, "too_many_requests", "These are more requests than one client may send.")
            : Problems.Problem(StatusCodes.Status503ServiceUnavailable, "overloaded", "There are more requests than can be served. Please try again.");
        await problem.ExecuteAsync(http);
    }

    /// <summary>Settings <c>Limits__AtATime</c>, <c>Limits__Queued</c>, <c>Limits__PerSecondAndClient</c>.</summary>
    private sealed record Limits
    {
        public int AtATime { get; init; } = 256;
        public int Queued { get; init; } = 256;

        /// <summary>Generous: behind a proxy all clients have one address.</summary>
        public int PerSecondAndClient { get; init; } = 2000;
    }
}
