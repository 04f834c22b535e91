namespace Resort.Sidecar.Metrics;

/// <summary>What a metric is called and told apart by, and whether it counts at all.</summary>
internal sealed record MetricDescription(string Name, string Help, LabelNames Labels, bool IsOn);
