using System.Diagnostics.Metrics;

namespace Resort.View.DeadLetters;

/// <summary>How many events became dead letters, for OpenTelemetry.</summary>
public sealed class DeadLetterMetrics(IMeterFactory meters)
{
    private readonly Counter<long> kept = meters.Create("Resort.DeadLetters").CreateCounter<long>("resort.dead_letters", "{event}", "Events that a service could not handle.");

    public void Count(string app) => kept.Add(1, new KeyValuePair<string, object?>("app", app));
}
