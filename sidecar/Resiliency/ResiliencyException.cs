namespace Resort.Sidecar.Resiliency;

/// <summary>A policy, not the target, made an operation fail. The message is Dapr's text, which callers see behind the operation's own.</summary>
internal sealed class ResiliencyException : Exception, IClassifiedFailure
{
    private ResiliencyException(string message, bool permanent) : base(message) => Failure = new Failure(Permanent: permanent);

    public Failure Failure { get; }

    public static ResiliencyException TimedOut() => new("context deadline exceeded", permanent: false);

    /// <summary>The breaker is open, which also ends the retries of a running operation.</summary>
    public static ResiliencyException BreakerOpen() => new("circuit breaker is open", permanent: true);

    /// <summary>The breaker is half open and as many attempts as it allows are under way.</summary>
    public static ResiliencyException TooManyRequests() => new("too many requests", permanent: true);
}
