using System.Globalization;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Metrics;

/// <summary><c>spec.metrics</c> (or <c>metric</c>) of a Configuration: whether the sidecar counts, and how finely.</summary>
internal sealed record MetricsSettings
{
    private static readonly double[] latencies =
    [
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000,
    ];

    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether HTTP metrics tell paths apart: one sample more for each path that was ever called.</summary>
    public bool HasPaths { get; init; } = true;

    /// <summary>Whether HTTP metrics tell methods apart.</summary>
    public bool HasMethods { get; init; } = true;

    /// <summary>The upper bounds of latencies in milliseconds.</summary>
    public double[] LatencyBounds { get; init; } = latencies;

    /// <summary>Reads the section. Rules, path patterns and error codes are only in daprd.</summary>
    /// <exception cref="ResourceException">A field is unknown or wrong.</exception>
    public static MetricsSettings Read(Fields section)
    {
        var http = section.Map("http");
        var settings = new MetricsSettings
        {
            IsEnabled = section.Bool("enabled") ?? true,
            HasPaths = http?.Bool("increasedCardinality") ?? true,
            HasMethods = !(http?.Bool("excludeVerbs") ?? false),
            LatencyBounds = section.Texts("latencyDistributionBuckets") is { Count: > 0 } given ? Bounds(section, given) : latencies,
        };
        if (section.Bool("recordErrorCodes") is true) throw section.Wrong("recordErrorCodes", "false: the embedded sidecar counts no error codes; run this configuration on daprd");
        http?.RefuseUnknown();
        section.RefuseUnknown();
        return settings;
    }

    private static double[] Bounds(Fields section, IReadOnlyList<string> given)
    {
        var bounds = new double[given.Count];
        for (var i = 0; i < bounds.Length; i++)
            if (!int.TryParse(given[i], NumberStyles.None, CultureInfo.InvariantCulture, out var bound) || (i > 0 && bound <= bounds[i - 1]))
                throw new ResourceException(section.LocationOf("latencyDistributionBuckets"), "`metrics.latencyDistributionBuckets` must be whole numbers of milliseconds, each greater than the one before");
            else bounds[i] = bound;
        return bounds;
    }
}
