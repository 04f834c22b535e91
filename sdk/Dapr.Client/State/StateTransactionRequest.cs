namespace Dapr.Client;

/// <summary>One operation of a state transaction.</summary>
public sealed class StateTransactionRequest(
    string key, byte[]? value, StateOperationType operationType, string? etag = null, IReadOnlyDictionary<string, string>? metadata = null,
    StateOptions? options = null)
{
#pragma warning disable CA1051 // a field in the official SDK, too
    /// <summary>How the store should treat the operation.</summary>
    public StateOptions? Options = options;
#pragma warning restore CA1051

    /// <summary>The key.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));

    /// <summary>The value as JSON in UTF-8; not used by a delete.</summary>
    public byte[]? Value { get; set; } = value;

    /// <summary>What to do.</summary>
    public StateOperationType? OperationType { get; set; } = operationType;

    /// <summary>The etag that the key must have; null or empty for any.</summary>
    public string? ETag { get; set; } = etag;

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; } = metadata;
}

/// <summary>What one operation of a state transaction does.</summary>
public enum StateOperationType
{
    /// <summary>Writes the value.</summary>
    Upsert,

    /// <summary>Removes the key.</summary>
    Delete,
}
