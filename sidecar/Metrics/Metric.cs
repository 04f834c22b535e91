namespace Resort.Sidecar.Metrics;

/// <summary>One metric of a sidecar: a name, and a sample for each combination of label values.</summary>
internal abstract class Metric(MetricDescription about, string type)
{
    public string Name => about.Name;

    protected MetricDescription About => about;

    /// <summary>Writes the metric in Prometheus' text format; nothing when it has no sample.</summary>
    public void Write(TextWriter text)
    {
        if (IsEmpty) return;
        text.Write($"# HELP {Name} {about.Help}\n# TYPE {Name} {type}\n");
        WriteSamples(text);
    }

    protected abstract bool IsEmpty { get; }

    protected abstract void WriteSamples(TextWriter text);
}
