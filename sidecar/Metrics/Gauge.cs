using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Resort.Sidecar.Metrics;

/// <summary>The last value of something by labels.</summary>
internal sealed class Gauge<TLabels>(MetricDescription about) : Metric(about, "gauge")
    where TLabels : struct, ITuple
{
    private readonly ConcurrentDictionary<TLabels, long> values = new();

    public void Set(TLabels at, long value)
    {
        if (About.IsOn) values[at] = value;
    }

    protected override bool IsEmpty => values.IsEmpty;

    protected override void WriteSamples(TextWriter text)
    {
        foreach (var (sample, value) in values.Select(pair => (Labels: About.Labels.Write(pair.Key), pair.Value)).OrderBy(pair => pair.Labels, StringComparer.Ordinal))
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{Name}{{{sample}}} {value}\n"));
    }
}
