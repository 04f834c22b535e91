using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Resort.Sidecar.Metrics;

/// <summary>How values are distributed, by labels: a Prometheus histogram with the given upper bounds.</summary>
internal sealed class Distribution<TLabels>(MetricDescription about, double[] bounds) : Metric(about, "histogram")
    where TLabels : struct, ITuple
{
    private readonly ConcurrentDictionary<TLabels, Series> all = new();

    public void Observe(TLabels values, double value)
    {
        if (About.IsOn) all.GetOrAdd(values, static (_, bounds) => new Series(bounds), bounds).Add(value);
    }

    protected override bool IsEmpty => all.IsEmpty;

    protected override void WriteSamples(TextWriter text)
    {
        foreach (var (sample, series) in all.Select(pair => (Labels: About.Labels.Write(pair.Key), pair.Value)).OrderBy(pair => pair.Labels, StringComparer.Ordinal))
            series.Write(text, Name, sample);
    }

    private sealed class Series(double[] bounds)
    {
        private readonly Lock gate = new();
        private readonly long[] counts = new long[bounds.Length + 1]; // the last one: above all bounds
        private double sum;

        public void Add(double value)
        {
            var found = Array.BinarySearch(bounds, value);
            lock (gate)
            {
                counts[found < 0 ? ~found : found]++;
                sum += value;
            }
        }

        public void Write(TextWriter text, string name, string sample)
        {
            long[] now;
            double total;
            lock (gate) (now, total) = ((long[])counts.Clone(), sum);
            var count = 0L;
            for (var i = 0; i < now.Length; i++)
            {
                count += now[i];
                var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{name}_bucket{{{sample},le=\"{bound}\"}} {count}\n"));
            }
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{name}_sum{{{sample}}} {total}\n{name}_count{{{sample}}} {count}\n"));
        }
    }
}
