using Resort.Sidecar.Expressions;

namespace Resort.Sidecar.Resiliency;

/// <summary>What a breaker has counted since it last changed its state; the names are the variables of <c>trip</c>.</summary>
internal readonly record struct BreakerCounts(int Requests, int TotalSuccesses, int TotalFailures, int ConsecutiveSuccesses, int ConsecutiveFailures);

/// <summary>The condition that opens a breaker: a CEL expression over its counts, which are whole numbers.</summary>
internal sealed class TripRule(string expression)
{
    private readonly CelExpression cel =
        CelExpression.Parse(expression, "requests", "totalSuccesses", "totalFailures", "consecutiveSuccesses", "consecutiveFailures");

    public static TripRule Default { get; } = new("consecutiveFailures > 5");

    /// <summary>Whether the breaker must open. An expression that has no value for these counts, such as a division by zero, does not open it.</summary>
    public bool Holds(BreakerCounts counts)
    {
        try
        {
            return cel.Holds(name => name switch
            {
                "requests" => (long)counts.Requests,
                "totalSuccesses" => (long)counts.TotalSuccesses,
                "totalFailures" => (long)counts.TotalFailures,
                "consecutiveSuccesses" => (long)counts.ConsecutiveSuccesses,
                _ => (long)counts.ConsecutiveFailures,
            });
        }
        catch (CelException) { return false; }
    }
}
