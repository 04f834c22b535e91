namespace Resort.Sidecar.State;

/// <summary>One item of a save, the request of an operation in a transaction, or a delete, as an app asks for it.</summary>
internal sealed class StateItem
{
    private static readonly byte[] nullValue = "null"u8.ToArray();

    public string Key { get; set; } = "";

    /// <summary>The value in Go's normal form; a missing one is <c>null</c>.</summary>
    public byte[] Value { get; set; } = nullValue;
    public string? ETag { get; set; }
    public string? Concurrency { get; set; }
    public string? Consistency { get; set; }
    public string? ContentType { get; set; }
    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>Adds the metadata of the request's query, which wins over the item's own.</summary>
    public void Add(Dictionary<string, string> query)
    {
        if (query.Count == 0) return;
        Metadata ??= [];
        foreach (var (name, value) in query) Metadata[name] = value;
    }

    /// <summary>The upsert that the item asks for, or why the store would refuse it.</summary>
    public (StateWrite? Write, StateRefusal? Refusal) ToUpsert(string fullKey, TtlRule ttl, DateTimeOffset now)
    {
        if (CheckOptions() is { } refused) return (null, refused);
        var seconds = Metadata?.GetValueOrDefault("ttlInSeconds");
        var (expiry, refusal) = ttl.Read(seconds, now);
        return refusal is null ? (Write(fullKey, Value, expiry) with { KeepsExpiry = ttl.IsSilent(seconds) }, null) : (null, refusal);
    }

    /// <summary>The delete that the item asks for, or why the store would refuse it.</summary>
    public (StateWrite? Write, StateRefusal? Refusal) ToDelete(string fullKey) => CheckOptions() is { } refused ? (null, refused) : (Write(fullKey, null, null), null);

    private StateWrite Write(string fullKey, byte[]? value, DateTimeOffset? expiry) =>
        new(fullKey, value, ETag is { Length: > 0 } etag ? etag : null, Concurrency == "first-write", expiry) { LastWrite = Concurrency == "last-write" };

    private StateRefusal? CheckOptions()
    {
        if (Concurrency is not (null or "" or "first-write" or "last-write")) return new StateRefusal($"unrecognized concurrency model '{Concurrency}'");
        return Consistency is null or "" or "strong" or "eventual" ? null : new StateRefusal($"unrecognized consistency model '{Consistency}'");
    }
}
