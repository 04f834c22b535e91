namespace Resort.Payment.Provider;

public enum CaptureOutcome { Captured, Declined, Blocked }

/// <summary>What became of a capture, and why not.</summary>
public sealed record Capture(CaptureOutcome Outcome, string? Reason = null);

/// <summary>The company that moves the money. Faults are <see cref="HttpRequestException"/> or a timeout, and leave the outcome unknown.</summary>
public interface IPaymentProvider
{
    /// <summary>Takes the amount once per key: the same key again gives the same outcome.</summary>
    Task<Capture> CaptureAsync(string key, long amount, string? cardToken, CancellationToken cancel);

    /// <summary>Gives back what was captured under the key, and blocks the key: a capture that comes later is refused. May be repeated.</summary>
    Task ReverseAsync(string key, CancellationToken cancel);
}
