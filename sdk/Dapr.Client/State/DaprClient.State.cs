namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>Reads a value; a missing key gives the default of <typeparamref name="TValue"/> (<c>GET /v1.0/state/{storeName}/{key}</c>).</summary>
    /// <exception cref="DaprException">The sidecar refused, or the value is not a <typeparamref name="TValue"/>.</exception>
    public abstract Task<TValue> GetStateAsync<TValue>(
        string storeName, string key, ConsistencyMode? consistencyMode = default, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a value and its etag; a missing key gives the default and the empty string.</summary>
    /// <exception cref="DaprException">The sidecar refused, or the value is not a <typeparamref name="TValue"/>.</exception>
    public abstract Task<(TValue value, string etag)> GetStateAndETagAsync<TValue>(
        string storeName, string key, ConsistencyMode? consistencyMode = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a value as an entry that can be changed and saved with the etag read here.</summary>
    /// <exception cref="DaprException">The sidecar refused, or the value is not a <typeparamref name="TValue"/>.</exception>
    public async Task<StateEntry<TValue>> GetStateEntryAsync<TValue>(
        string storeName, string key, ConsistencyMode? consistencyMode = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        var (value, etag) = await GetStateAndETagAsync<TValue>(storeName, key, consistencyMode, metadata, cancellationToken);
        return new StateEntry<TValue>(this, storeName, key, value, etag);
    }

    /// <summary>Reads several keys as JSON text (<c>POST /v1.0/state/{storeName}/bulk</c>); a missing one is empty. The order is the store's.</summary>
    /// <param name="storeName">The state component.</param>
    /// <param name="keys">At least one key.</param>
    /// <param name="parallelism">How many reads a store without bulk reads may do at once; null for its default.</param>
    /// <param name="metadata">Passed to the component.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public abstract Task<IReadOnlyList<BulkStateItem>> GetBulkStateAsync(
        string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads several keys (<c>POST /v1.0/state/{storeName}/bulk</c>); a missing one is the default. The order is the store's.</summary>
    /// <param name="storeName">The state component.</param>
    /// <param name="keys">At least one key.</param>
    /// <param name="parallelism">How many reads a store without bulk reads may do at once; null for its default.</param>
    /// <param name="metadata">Passed to the component.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="System.Text.Json.JsonException">A value is not a <typeparamref name="TValue"/>.</exception>
    public abstract Task<IReadOnlyList<BulkStateItem<TValue>>> GetBulkStateAsync<TValue>(
        string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Writes a value, whatever is there unless <paramref name="stateOptions"/> say otherwise (<c>POST /v1.0/state/{storeName}</c>).</summary>
    public abstract Task SaveStateAsync<TValue>(
        string storeName, string key, TValue value, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Writes a value if it still has <paramref name="etag"/>; the empty string means any. False when somebody else was first.</summary>
    public abstract Task<bool> TrySaveStateAsync<TValue>(
        string storeName, string key, TValue value, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Writes several values, each for itself: when one fails, others may have been written.</summary>
    public abstract Task SaveBulkStateAsync<TValue>(
        string storeName, IReadOnlyList<SaveStateItem<TValue>> items, CancellationToken cancellationToken = default);

    /// <summary>Removes a key, present or not (<c>DELETE /v1.0/state/{storeName}/{key}</c>).</summary>
    public abstract Task DeleteStateAsync(
        string storeName, string key, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>Removes a key if it still has <paramref name="etag"/>; the empty string means any. False when somebody else was first.</summary>
    public abstract Task<bool> TryDeleteStateAsync(
        string storeName, string key, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Does all of <paramref name="operations"/> or none (<c>POST /v1.0/state/{storeName}/transaction</c>). Values are JSON in UTF-8.
    /// An etag that no longer holds is a <see cref="DaprException"/> like any other failure.
    /// </summary>
    /// <exception cref="ArgumentException">There are no operations, or a value is not JSON.</exception>
    public abstract Task ExecuteStateTransactionAsync(
        string storeName, IReadOnlyList<StateTransactionRequest> operations, IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default);
}
