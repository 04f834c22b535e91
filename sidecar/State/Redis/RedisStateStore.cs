using System.Globalization;
using Resort.Sidecar.Components;
using Resort.Sidecar.Servers;
using Resort.Sidecar.Storage;
using StackExchange.Redis;

namespace Resort.Sidecar.State.Redis;

/// <summary>
/// <c>state.redis</c>: each key is a hash of <c>data</c> and <c>version</c>, as daprd keeps it, so that either can go on with the other's data.
/// Etags are versions. A script does the writes of a call; unlike daprd's transactions it does all of them or none.
/// </summary>
internal sealed class RedisStateStore : IStateStore
{
    private static readonly string script = ReadScript();
    private readonly RedisConnection redis;
    private readonly int database;
    private readonly string scriptHash;
    private readonly TimeProvider clock;

    private RedisStateStore(RedisConnection redis, int database, string scriptHash, TtlRule ttl, TimeProvider clock) =>
        (this.redis, this.database, this.scriptHash, Ttl, this.clock) = (redis, database, scriptHash, ttl, clock);

    public IReadOnlyList<string> Capabilities => ["ETAG", "TRANSACTIONAL", "TTL", "KEYS_LIKE", "ACTOR"];

    public TtlRule Ttl { get; }

    /// <summary>Connects to the server of a component.</summary>
    /// <exception cref="ResourceException">The metadata is wrong, or the server cannot be reached.</exception>
    public static async Task<RedisStateStore> OpenAsync(ComponentMetadata metadata, RedisConnections connections, TimeProvider clock)
    {
        var (settings, database) = (RedisSettings.Read(metadata), RedisSettings.ReadDatabase(metadata));
        var seconds = metadata.Number("ttlInSeconds", 0);
        var ttl = new TtlRule(RefusesBelowMinusOne: false, ErrorPrefix: "failed to parse ttl from metadata: ") { Default = seconds > 0 ? seconds.ToString(CultureInfo.InvariantCulture) : null };
        try
        {
            var redis = await connections.GetAsync(settings);
            return new RedisStateStore(redis, database, (string)await redis.ExecuteAsync(database, "SCRIPT", "LOAD", script), ttl, clock);
        }
        catch (StorageException e) { throw new ResourceException(metadata.LocationOf("redisHost"), e.Message); }
    }

    public async Task<StateEntry?> GetAsync(string key)
    {
        var found = (RedisValue[])await redis.ExecuteAsync(database, "HMGET", key, "data", "version");
        return found[0].IsNull ? null : new StateEntry(found[0]!, (string)found[1] ?? "0", ExpiresAt: null); // daprd does not tell it either
    }

    public async Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> keys) => await Task.WhenAll(keys.Select(GetAsync));

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal); // the server may give a key twice
        var cursor = "0";
        do
        {
            var page = (RedisResult[])await redis.ExecuteAsync(database, "SCAN", cursor, "MATCH", GlobOf(prefix), "COUNT", 1000);
            cursor = (string)page[0]!;
            found.UnionWith((string[])page[1]!);
        }
        while (cursor != "0");
        return [.. found];
    }

    public async Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes) => await Task.WhenAll(writes.Select(write => WriteAsync([write])));

    public Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, Action<Database, Session>? alongside = null) => WriteAsync(writes);

    /// <summary>The server does it by itself.</summary>
    public Task RemoveExpiredAsync() => Task.CompletedTask;

    /// <summary>The connection belongs to the process.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<StateRefusal?> WriteAsync(IReadOnlyList<StateWrite> writes)
    {
        if (writes.FirstOrDefault(write => write.Value is not null && !IsVersion(EtagOf(write))) is { } odd)
            return new StateRefusal($"invalid etag value: strconv.Atoi: parsing \"{odd.ETag}\": invalid syntax", Status: 400);
        object[] arguments = [writes.Count, .. writes.Select(write => write.Key), .. writes.SelectMany(ArgumentsOf)];
        var refused = await EvaluateAsync(arguments);
        if (refused.IsNull) return null;
        var write = writes[(int)refused - 1];
        if (EtagOf(write).Length > 0) return StateRefusal.EtagMismatch($"the key {write.Key} has another version than {write.ETag}");
        return new StateRefusal($"failed to set key {write.Key}: it exists, and it is or was written with first-write");
    }

    /// <summary>The server knows a script that it has run by its hash, until it starts again.</summary>
    private async Task<RedisResult> EvaluateAsync(object[] arguments)
    {
        try { return await redis.ExecuteAsync(database, "EVALSHA", [scriptHash, .. arguments]); }
        catch (RedisReplyException e) when (e.Is("NOSCRIPT")) { return await redis.ExecuteAsync(database, "EVAL", [script, .. arguments]); }
    }

    private IEnumerable<object> ArgumentsOf(StateWrite write) =>
        write.Value is { } value ? ["set", EtagOf(write), write.FirstWrite ? "1" : "", TimeToLive(write), value] : ["del", EtagOf(write), "", "", ""];

    private string TimeToLive(StateWrite write) => write switch
    {
        { ExpiresAt: { } time } => Math.Max(1, (long)(time - clock.GetUtcNow()).TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
        { KeepsExpiry: true } => "",
        _ => "0",
    };

    private static string GlobOf(string prefix) => string.Concat(prefix.Select(c => c is '*' or '?' or '[' or ']' or '\\' or '^' ? $"\\{c}" : $"{c}")) + "*";

    /// <summary>Last-write says that an etag does not matter, except to a delete, as in Dapr.</summary>
    private static string EtagOf(StateWrite write) => write is { LastWrite: true, Value: not null } ? "" : write.ETag ?? "";

    private static bool IsVersion(string etag) => etag.Length == 0 || long.TryParse(etag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(RedisStateStore).Assembly.GetManifestResourceStream("Resort.Sidecar.State.Redis.write.lua")!);
        return reader.ReadToEnd();
    }
}
