namespace Resort.Sidecar.Resiliency;

/// <summary>
/// The retries that Dapr brings along. They are meant for calls between sidecars on a network, of which there are none here; but a target may name
/// them, and a resource may redefine them, never to fewer than three retries.
/// </summary>
internal static class BuiltInRetries
{
    private const int Fewest = 3;
    private const string Protected = "DaprBuiltInActorNotFoundRetries";

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, RetryPolicy> All { get; } = new Dictionary<string, RetryPolicy>(StringComparer.Ordinal)
    {
        ["DaprBuiltInServiceRetries"] = Each(TimeSpan.FromSeconds(1), 3),
        ["DaprBuiltInActorRetries"] = Each(TimeSpan.FromSeconds(1), 3),
        ["DaprBuiltInActorReminderRetries"] = new RetryPolicy { Exponential = true, MaxRetries = 0 },
        ["DaprBuiltInInitializationRetries"] = new RetryPolicy { Exponential = true, MaxInterval = TimeSpan.FromSeconds(1), MaxRetries = 3 },
        [Protected] = Each(TimeSpan.FromSeconds(1), 5),
    };

    /// <summary>What a resource's policy of this name comes to.</summary>
    public static RetryPolicy Redefine(string name, RetryPolicy policy) => name switch
    {
        Protected => All[Protected],
        _ when All.ContainsKey(name) && policy.MaxRetries < Fewest => policy with { MaxRetries = Fewest },
        _ => policy,
    };

    private static RetryPolicy Each(TimeSpan pause, int times) => new() { Duration = pause, MaxRetries = times };
}
