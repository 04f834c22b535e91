using Dapr.Client;

namespace Dapr;

/// <summary>A value read from a state store, to be changed and saved again.</summary>
public sealed class StateEntry<TValue>(DaprClient client, string storeName, string key, TValue value, string etag)
{
    /// <summary>The state component.</summary>
    public string StoreName { get; } = storeName ?? throw new ArgumentNullException(nameof(storeName));

    /// <summary>The key.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>The value; the default when the key was missing.</summary>
    public TValue Value { get; set; } = value;

    /// <summary>The etag at the time of reading. It stays when the entry is saved: read again before the next conditional write.</summary>
    public string ETag { get; } = etag;

    /// <summary>Saves <see cref="Value"/>, whatever is there.</summary>
    public Task SaveAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.SaveStateAsync(StoreName, Key, Value, stateOptions, metadata, cancellationToken);

    /// <summary>Saves <see cref="Value"/> if nobody else has since <see cref="ETag"/>; false otherwise.</summary>
    public Task<bool> TrySaveAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.TrySaveStateAsync(StoreName, Key, Value, ETag, stateOptions, metadata, cancellationToken);

    /// <summary>Removes the key, whatever is there.</summary>
    public Task DeleteAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.DeleteStateAsync(StoreName, Key, stateOptions, metadata, cancellationToken);

    /// <summary>Removes the key if nobody has changed it since <see cref="ETag"/>; false otherwise.</summary>
    public Task<bool> TryDeleteAsync(
        StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default) =>
        client.TryDeleteStateAsync(StoreName, Key, ETag, stateOptions, metadata, cancellationToken);
}
