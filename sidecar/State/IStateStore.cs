using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>What keeps the entries of a <c>state.*</c> component, by their full keys.</summary>
internal interface IStateStore : IAsyncDisposable
{
    /// <summary>What <c>/v1.0/metadata</c> lists for it.</summary>
    IReadOnlyList<string> Capabilities { get; }

    /// <summary>How it reads <c>ttlInSeconds</c>.</summary>
    TtlRule Ttl { get; }

    /// <summary>An entry; null if there is none, or it has expired.</summary>
    Task<StateEntry?> GetAsync(string key);

    /// <summary>Entries in the order of their keys, null for those that are missing.</summary>
    Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> keys);

    /// <summary>All keys that begin so, in order; those of expired entries may be among them.</summary>
    Task<IReadOnlyList<string>> KeysAsync(string prefix);

    /// <summary>Does writes in one commit, each by itself: what refused it, or null where it was done.</summary>
    Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes);

    /// <summary>
    /// Does all writes in order, or none: what refused them, or null. A store in a database does <paramref name="alongside"/> in the same commit,
    /// after the writes; others leave it.
    /// </summary>
    Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, Action<Database, Session>? alongside = null);

    /// <summary>Gives the room of expired entries back.</summary>
    Task RemoveExpiredAsync();
}

/// <summary>What a key holds: its JSON, the etag of its last write, and when it expires.</summary>
internal sealed record StateEntry(byte[] Value, string ETag, DateTimeOffset? ExpiresAt);

/// <summary>
/// One write, checked and ready: an upsert, or a delete if <paramref name="Value"/> is null. With an etag it is done only if the key has that
/// one; without, <paramref name="FirstWrite"/> lets it be done only if the key does not exist.
/// </summary>
internal sealed record StateWrite(string Key, byte[]? Value, string? ETag, bool FirstWrite, DateTimeOffset? ExpiresAt)
{
    /// <summary>It says by name that the last write wins; stores differ in whether an etag matters then.</summary>
    public bool LastWrite { get; init; }

    /// <summary>Nothing is said about its expiry; stores differ in whether the key keeps the one it has.</summary>
    public bool KeepsExpiry { get; init; }
}

/// <summary>Why a write was not done: the cause in the API's error text, and the status of the answer.</summary>
internal sealed record StateRefusal(string Message, int Status = 500)
{
    public bool IsEtagMismatch => Status == 409;

    /// <summary>The key has another etag, or exists, or does not.</summary>
    public static StateRefusal EtagMismatch(string? cause = null) =>
        new(cause is null ? "possible etag mismatch. error from state store" : $"possible etag mismatch. error from state store: {cause}", Status: 409);
}
