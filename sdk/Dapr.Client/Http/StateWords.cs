namespace Dapr.Client;

/// <summary>The words that Dapr uses for the state options.</summary>
internal static class StateWords
{
    public static string Word(this ConsistencyMode mode) => mode switch
    {
        ConsistencyMode.Eventual => "eventual",
        ConsistencyMode.Strong => "strong",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a consistency mode."),
    };

    public static string Word(this ConcurrencyMode mode) => mode switch
    {
        ConcurrencyMode.FirstWrite => "first-write",
        ConcurrencyMode.LastWrite => "last-write",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a concurrency mode."),
    };
}
