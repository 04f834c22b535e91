namespace Dapr.Client;

/// <summary>One value of a bulk save.</summary>
public readonly struct SaveStateItem<TValue>(
    string key, TValue value, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value.</summary>
    public TValue Value { get; } = value;

    /// <summary>The etag that the key must have; empty for any.</summary>
    public string ETag { get; } = etag;

    /// <summary>How the store should treat the write.</summary>
    public StateOptions? StateOptions { get; } = stateOptions;

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}
