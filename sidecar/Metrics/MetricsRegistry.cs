using System.Runtime.CompilerServices;

namespace Resort.Sidecar.Metrics;

/// <summary>All metrics of one sidecar, and their text. Names, labels and bounds are daprd's, so that its dashboards fit.</summary>
internal sealed class MetricsRegistry(string appId, MetricsSettings settings)
{
    private const string Prefix = "dapr_";
    private static readonly double[] sizes = [1 << 10, 2 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20, 256 << 20, 1 << 30, 4L << 30];
    private readonly List<Metric> metrics = [];

    /// <summary>A count of events. Label names come in the order of the tuple.</summary>
    public Counter<TLabels> Count<TLabels>(string name, string help, params string[] labels) where TLabels : struct, ITuple =>
        Add(new Counter<TLabels>(About(name, help, labels)));

    /// <summary>A value that goes up and down.</summary>
    public Gauge<TLabels> Value<TLabels>(string name, string help, params string[] labels) where TLabels : struct, ITuple =>
        Add(new Gauge<TLabels>(About(name, help, labels)));

    /// <summary>A distribution of milliseconds.</summary>
    public Distribution<TLabels> Latency<TLabels>(string name, string help, params string[] labels) where TLabels : struct, ITuple =>
        Add(new Distribution<TLabels>(About(name, help, labels), settings.LatencyBounds));

    /// <summary>A distribution of bytes.</summary>
    public Distribution<TLabels> Size<TLabels>(string name, string help, params string[] labels) where TLabels : struct, ITuple =>
        Add(new Distribution<TLabels>(About(name, help, labels), sizes));

    /// <summary>Writes all metrics by name, in Prometheus' text format 0.0.4.</summary>
    public void Write(TextWriter text)
    {
        foreach (var metric in metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal)) metric.Write(text);
    }

    private MetricDescription About(string name, string help, string[] labels) => new(Prefix + name, help, new LabelNames(appId, labels), settings.IsEnabled);

    private T Add<T>(T metric) where T : Metric
    {
        metrics.Add(metric);
        return metric;
    }
}
