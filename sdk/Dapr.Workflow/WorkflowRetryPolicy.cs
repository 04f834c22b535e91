namespace Dapr.Workflow;

/// <summary>How often and in which intervals a failed activity or child workflow is called again. The waits are durable timers.</summary>
public class WorkflowRetryPolicy
{
    // A delay that grows without a cap soon exceeds what a date can hold.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    /// <summary>Creates a policy.</summary>
    /// <param name="maxNumberOfAttempts">All attempts, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">The wait before the second attempt; above zero.</param>
    /// <param name="backoffCoefficient">By what each wait is longer than the one before; at least 1.</param>
    /// <param name="maxRetryInterval">
    /// The longest wait, at least <paramref name="firstRetryInterval"/>; null: no limit, with a first interval of at most an hour.
    /// </param>
    /// <param name="retryTimeout">No attempt is made after this time; null: no limit. At least <paramref name="firstRetryInterval"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside these limits.</exception>
    public WorkflowRetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1))
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The coefficient must be at least 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRetryInterval ?? TimeSpan.FromHours(1), firstRetryInterval, nameof(maxRetryInterval));
        if (retryTimeout is { } limit && limit != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, firstRetryInterval, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval;
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>All attempts, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The wait before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>By what each wait is longer than the one before.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest wait; null: no limit.</summary>
    public TimeSpan? MaxRetryInterval { get; }

    /// <summary>No attempt is made after this time; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    internal bool AllowsAnotherAttempt(int failedAttempts, TimeSpan elapsed) =>
        failedAttempts < MaxNumberOfAttempts && (RetryTimeout == Timeout.InfiniteTimeSpan || elapsed < RetryTimeout);

    internal TimeSpan DelayAfter(int failedAttempts)
    {
        var ticks = FirstRetryInterval.Ticks * Math.Pow(BackoffCoefficient, failedAttempts - 1);
        var longest = MaxRetryInterval < Longest ? MaxRetryInterval.Value : Longest;
        return TimeSpan.FromTicks((long)Math.Min(ticks, longest.Ticks));
    }
}
