#nullable disable

namespace Dapr.Client;

/// <summary>One answer of a bulk read, as JSON text.</summary>
public readonly struct BulkStateItem(string key, string value, string etag)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value's JSON text; empty when the key is missing.</summary>
    public string Value { get; } = value;

    /// <summary>The etag; empty when the key is missing.</summary>
    public string ETag { get; } = etag;
}

/// <summary>One answer of a bulk read.</summary>
public readonly struct BulkStateItem<TValue>(string key, TValue value, string etag)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>The value; the default when the key is missing.</summary>
    public TValue Value { get; } = value;

    /// <summary>The etag; empty when the key is missing.</summary>
    public string ETag { get; } = etag;
}
