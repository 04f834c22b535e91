using System.Collections.Concurrent;

namespace Resort.Payment.Provider;

/// <summary>Section <c>Provider</c> of the configuration.</summary>
public sealed record SimulatedProviderSettings
{
    /// <summary>How long <c>tok_slow</c> takes: longer than the timeout of one attempt, shorter than the patience of the customer.</summary>
    public TimeSpan SlowAnswer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How much sooner or later than that; the same key takes the same time.</summary>
    public TimeSpan SlowSpread { get; init; }
}

/// <summary>
/// Behaves as the card token says. The outcome follows from the token, so only what differs from that has to be remembered:
/// keys that were reversed, and slow captures, which go on when the caller has given up.
/// </summary>
public sealed class SimulatedProvider(SimulatedProviderSettings settings, TimeProvider clock) : IPaymentProvider
{
    private readonly ConcurrentDictionary<string, bool> reversed = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> slow = new();

    public async Task<Capture> CaptureAsync(string key, long amount, string? cardToken, CancellationToken cancel)
    {
        switch (cardToken)
        {
            case "tok_declined":
                return new(CaptureOutcome.Declined, "The issuer declined the card.");
            case "tok_unavailable":
                throw new HttpRequestException("The payment provider does not answer.");
            case "tok_slow":
                await slow.GetOrAdd(key, _ => new(() => Task.Delay(TimeOf(key), clock, CancellationToken.None))).Value.WaitAsync(cancel);
                break;
            case not (null or "tok_ok"):
                return new(CaptureOutcome.Declined, "The card is not known.");
        }
        return reversed.ContainsKey(key) ? new(CaptureOutcome.Blocked, "The payment was reversed before.") : new(CaptureOutcome.Captured);
    }

    // spread evenly from one end to the other
    private TimeSpan TimeOf(string key) =>
        settings.SlowAnswer + (settings.SlowSpread * ((key.Aggregate(17u, (hash, c) => (hash * 31) + c) % 2001 / 1000.0) - 1));

    public Task ReverseAsync(string key, CancellationToken cancel)
    {
        reversed[key] = true;
        return Task.CompletedTask;
    }
}
