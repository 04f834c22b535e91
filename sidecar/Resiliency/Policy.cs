using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Resiliency;

/// <summary>What a target's policies say; a part that is null does not apply.</summary>
internal sealed record PolicyDefinition(TimeSpan? Timeout, RetryPolicy? Retry, BreakerSettings? Breaker)
{
    public static PolicyDefinition None { get; } = new(null, null, null);
}

/// <summary>
/// Runs operations on one target under its policies: each attempt has the timeout, passes the breaker, and is repeated by the retry policy. An
/// attempt fails by an exception or by a result that its judge calls a failure; when no retry is left, the last exception or result is the caller's.
/// </summary>
internal sealed class Policy(string name, PolicyDefinition definition, CircuitBreaker? breaker, PolicyMetrics metrics, TimeProvider clock, ILogger log)
{
    /// <summary>No policy: the operation just runs.</summary>
    public static Policy None { get; } = new("", PolicyDefinition.None, null, PolicyMetrics.None, TimeProvider.System, NullLogger.Instance);

    /// <summary>The breaker's state; null if there is none.</summary>
    public BreakerState? State => breaker?.State;

    /// <summary>Whether an operation may be attempted more than once, so that its input must be kept.</summary>
    public bool Repeats => definition.Retry is { MaxRetries: not 0 };

    /// <summary>The same for an operation that cannot be attempted twice.</summary>
    public Policy WithoutRetries() => definition.Retry is null ? this : new Policy(name, definition with { Retry = null }, breaker, metrics, clock, log);

    /// <summary>Runs an operation that fails by exceptions only. It must end soon after its token is cancelled.</summary>
    /// <exception cref="ResiliencyException">The timeout passed, or the breaker refused.</exception>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancel) => RunAsync(attempt, static _ => null, cancel);

    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task RunAsync(Func<CancellationToken, Task> attempt, CancellationToken cancel) =>
        this == None ? attempt(cancel) : RunAsync(async token => { await attempt(token); return true; }, cancel);

    /// <summary>Runs an operation whose result may be a failure too. A result that is replaced by a later one is disposed of.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<T, Failure?> judge, CancellationToken cancel)
    {
        if (this == None) return attempt(cancel);
        metrics.Executed(definition.Timeout is not null, definition.Retry is not null, breaker?.State);
        return definition.Retry is { } retry ? RepeatAsync(retry, attempt, judge, cancel) : AttemptAsync(attempt, judge, cancel);
    }

    private async Task<T> RepeatAsync<T>(RetryPolicy retry, Func<CancellationToken, Task<T>> attempt, Func<T, Failure?> judge, CancellationToken cancel)
    {
        var pauses = new RetryPauses(retry, clock);
        for (var attempts = 1; ; attempts++)
        {
            TimeSpan pause;
            try
            {
                var result = await AttemptAsync(attempt, judge, cancel);
                if (judge(result) is not { } failure)
                {
                    if (attempts > 1) ResiliencyLog.Recovered(log, name, attempts);
                    return result;
                }
                if (!pauses.TryNext(failure, out pause)) return result;
                (result as IDisposable)?.Dispose();
            }
            catch (Exception e) when (!cancel.IsCancellationRequested && pauses.TryNext(Failure.Of(e), out pause)) { }
            metrics.Retried();
            ResiliencyLog.Retrying(log, name, Components.GoDuration.Format(pause));
            await Task.Delay(pause, clock, cancel);
        }
    }

    private async Task<T> AttemptAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<T, Failure?> judge, CancellationToken cancel)
    {
        if (breaker is null) return await WithinTimeoutAsync(attempt, cancel);
        var entered = breaker.Enter();
        var succeeded = false;
        try
        {
            var result = await WithinTimeoutAsync(attempt, cancel);
            succeeded = judge(result) is null;
            return result;
        }
        finally { breaker.Leave(entered, succeeded); }
    }

    private async Task<T> WithinTimeoutAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancel)
    {
        if (definition.Timeout is not { } timeout) return await attempt(cancel);
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try { return await attempt(either.Token); }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            metrics.TimedOut();
            throw ResiliencyException.TimedOut();
        }
    }
}
