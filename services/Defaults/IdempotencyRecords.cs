using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapr.Client;

namespace Resort.Defaults;

/// <summary>What a request under an <see cref="IdempotencyKey"/> began. Another request under the same key has another fingerprint.</summary>
public sealed record IdempotencyRecord<T>(string Fingerprint, T Begun);

/// <summary>
/// What was begun under a key, for a day. It is written before anything is done, so whoever comes again, after a crash or at the same
/// moment, goes on with what the first one began.
/// </summary>
public sealed class IdempotencyRecords(DaprClient dapr, string store)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(1);
    private static readonly Dictionary<string, string> expiry = new()
    {
        ["ttlInSeconds"] = lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    public Task<IdempotencyRecord<T>?> FindAsync<T>(string key, CancellationToken cancel) =>
        dapr.GetStateAsync<IdempotencyRecord<T>?>(store, Key(key), cancellationToken: cancel);

    /// <summary>The first one to write wins, and everyone gets his record.</summary>
    public Task<IdempotencyRecord<T>> BeginAsync<T>(string key, string fingerprint, T begun, CancellationToken cancel) =>
        dapr.CreateOrGetAsync(store, Key(key), new IdempotencyRecord<T>(fingerprint, begun), cancel, expiry);

    /// <summary>Equal for requests that say the same, however they are written.</summary>
    public static string Fingerprint<TRequest>(TRequest request) => Hash(JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options));

    // hashed, because stores do not take every character in a key
    private static string Key(string key) => $"idempotency:{Hash(Encoding.ASCII.GetBytes(key))}";

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
