using System.Security.Cryptography;

namespace Resort.Sidecar.Resiliency;

/// <summary>The pauses between the attempts of one operation. Exponential ones begin at 500 ms, vary by up to one half, and end 15 minutes after the first attempt.</summary>
internal sealed class RetryPauses(RetryPolicy policy, TimeProvider clock)
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(15);
    private readonly long began = clock.GetTimestamp();
    private TimeSpan interval = TimeSpan.FromMilliseconds(500);
    private int retries;

    /// <summary>The pause before the next attempt; false if there is none.</summary>
    public bool TryNext(Failure failure, out TimeSpan pause)
    {
        pause = policy.Duration;
        if (!policy.Matches(failure) || (policy.MaxRetries >= 0 && ++retries > policy.MaxRetries)) return false;
        if (!policy.Exponential) return true;
        pause = interval * (0.5 + RandomNumberGenerator.GetInt32(1001) / 1000.0);
        interval = interval * 1.5 < policy.MaxInterval ? interval * 1.5 : policy.MaxInterval;
        return clock.GetElapsedTime(began) + pause <= longest;
    }
}
