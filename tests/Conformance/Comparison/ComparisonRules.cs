namespace Resort.Tests.Conformance.Comparison;

/// <summary>How exact a comparison is.</summary>
/// <param name="Share">How far a time may be from the recorded one, as a share of it, or else <paramref name="Milliseconds"/>.</param>
/// <param name="Milliseconds">What it may always be.</param>
/// <param name="WordsOfGoAreFree">In a message only what stands before an error of Go's own libraries counts.</param>
internal sealed record ComparisonRules(double Share, double Milliseconds, bool WordsOfGoAreFree)
{
    /// <summary>For what HTTP callers and apps see.</summary>
    public static ComparisonRules Http { get; } = new(0.4, 250, true);

    /// <summary>For what workers and clients of workflows see: every message is Dapr's own.</summary>
    public static ComparisonRules Workflow { get; } = new(0.5, 400, false);

    /// <summary>Whether a time is near enough, if the machine lagged by <paramref name="lag"/> within it: for both sides of what was timed.</summary>
    public bool AreNear(double recorded, double got, double lag) => Math.Abs(recorded - got) <= Math.Max(Milliseconds, recorded * Share) + (2 * lag);
}
