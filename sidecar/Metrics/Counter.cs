using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Resort.Sidecar.Metrics;

/// <summary>Counts events by labels, which are a tuple: one value for each label name.</summary>
internal sealed class Counter<TLabels>(MetricDescription about) : Metric(about, "counter")
    where TLabels : struct, ITuple
{
    private readonly ConcurrentDictionary<TLabels, StrongBox<long>> counts = new();

    public void Add(TLabels values, long count = 1)
    {
        if (About.IsOn) Interlocked.Add(ref counts.GetOrAdd(values, static _ => new StrongBox<long>()).Value, count);
    }

    protected override bool IsEmpty => counts.IsEmpty;

    protected override void WriteSamples(TextWriter text)
    {
        foreach (var (sample, count) in counts.Select(pair => (Labels: About.Labels.Write(pair.Key), pair.Value)).OrderBy(pair => pair.Labels, StringComparer.Ordinal))
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{Name}{{{sample}}} {Interlocked.Read(ref count.Value)}\n"));
    }
}
