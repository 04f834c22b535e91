using System.Globalization;
using Resort.Sidecar.Components;
using Resort.Sidecar.Expressions;

namespace Resort.Sidecar.Resiliency;

/// <summary>Reads <c>spec.policies</c> of a Resiliency resource. daprd drops a whole resource that it cannot read; here it ends the start.</summary>
internal static class PolicyReader
{
    /// <summary>Adds the policies to those of other resources; a later one of the same name counts.</summary>
    public static void Read(Fields policies, ResiliencySettings settings)
    {
        if (policies.Map("timeouts") is { } timeouts)
            foreach (var name in timeouts.Names) settings.Timeouts[name] = Duration(timeouts, name) ?? TimeSpan.Zero;
        if (policies.Map("retries") is { } retries)
            foreach (var name in retries.Names) settings.Retries[name] = BuiltInRetries.Redefine(name, Retry(retries, name));
        if (policies.Map("circuitBreakers") is { } breakers)
            foreach (var name in breakers.Names) settings.Breakers[name] = Breaker(breakers, name);
        policies.RefuseUnknown();
    }

    private static RetryPolicy Retry(Fields retries, string name)
    {
        if (retries.Map(name) is not { } fields) return new RetryPolicy();
        var matching = fields.Map("matching");
        var policy = new RetryPolicy
        {
            Exponential = fields.Text("policy")?.ToLowerInvariant() switch
            {
                null or "" or "constant" => false,
                "exponential" => true,
                _ => throw fields.Wrong("policy", "constant or exponential"),
            },
            Duration = Duration(fields, "duration") ?? new RetryPolicy().Duration,
            MaxInterval = Duration(fields, "maxInterval") ?? new RetryPolicy().MaxInterval,
            MaxRetries = fields.Number("maxRetries") ?? -1,
            HttpCodes = Codes(matching, "httpStatusCodes", 100, 599),
            GrpcCodes = Codes(matching, "gRPCStatusCodes", 0, 16),
        };
        matching?.RefuseUnknown();
        fields.RefuseUnknown();
        return policy;
    }

    private static BreakerSettings Breaker(Fields breakers, string name)
    {
        var settings = new BreakerSettings(name);
        if (breakers.Map(name) is not { } fields) return settings;
        settings = settings with
        {
            MaxRequests = fields.Number("maxRequests") is { } requests and > 0 ? requests : settings.MaxRequests,
            Interval = Duration(fields, "interval") ?? settings.Interval,
            Timeout = Duration(fields, "timeout") is { } timeout && timeout > TimeSpan.Zero ? timeout : settings.Timeout,
            Trip = Trip(fields) ?? settings.Trip,
        };
        fields.RefuseUnknown();
        return settings;
    }

    private static TripRule? Trip(Fields breaker)
    {
        if (breaker.Text("trip") is not { Length: > 0 } expression) return null;
        try { return new TripRule(expression); }
        catch (CelException e) { throw new ResourceException(breaker.LocationOf("trip"), $"`trip` must be a condition such as `consecutiveFailures > 5`: {e.Message}"); }
    }

    private static CodeRanges Codes(Fields? matching, string field, int lowest, int highest) => matching?.Text(field) is { Length: > 0 } text
        ? CodeRanges.Parse(text, lowest, highest) ?? throw matching.Wrong(field, $"codes between {lowest} and {highest} such as `{lowest},{highest - 1}-{highest}`")
        : new CodeRanges();

    /// <summary>A duration in Go's spelling, or a whole number of milliseconds.</summary>
    private static TimeSpan? Duration(Fields fields, string field)
    {
        if (fields.Text(field) is not { Length: > 0 } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)) return TimeSpan.FromMilliseconds(milliseconds);
        return GoDuration.TryParse(text, out var duration) && duration >= TimeSpan.Zero ? duration : throw fields.Wrong(field, "a duration such as 500ms, 2s or 1m30s, or a number of milliseconds");
    }
}
