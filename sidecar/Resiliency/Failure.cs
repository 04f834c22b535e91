namespace Resort.Sidecar.Resiliency;

/// <summary>
/// How a failed attempt counts. <paramref name="Code"/> is the HTTP or gRPC code that a retry policy's <c>matching</c> looks at; a failure
/// without one is repeated in spite of <c>matching</c>. A <paramref name="Permanent"/> one is never repeated. A breaker counts them all.
/// </summary>
internal readonly record struct Failure(int? Code = null, bool Permanent = false)
{
    /// <summary>How an exception counts: as it says itself, otherwise as a failure without a code.</summary>
    public static Failure Of(Exception error) => error is IClassifiedFailure classified ? classified.Failure : default;
}

/// <summary>An exception that says how it counts.</summary>
internal interface IClassifiedFailure
{
    Failure Failure { get; }
}
