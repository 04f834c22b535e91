using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary><c>state.in-memory</c>: entries live as long as the sidecar.</summary>
internal sealed class InMemoryStateStore : IStateStore
{
    private readonly Dictionary<string, StateEntry> entries = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly TimeProvider clock;

    public InMemoryStateStore(TimeProvider clock) => this.clock = clock;

    public IReadOnlyList<string> Capabilities => ["ETAG", "TRANSACTIONAL", "TTL", "DELETE_WITH_PREFIX", "KEYS_LIKE", "ACTOR"];

    public TtlRule Ttl { get; } = new(RefusesBelowMinusOne: false, ErrorPrefix: "");

    public Task<StateEntry?> GetAsync(string key)
    {
        lock (gate) return Task.FromResult(Live(key));
    }

    public Task<IReadOnlyList<StateEntry?>> GetManyAsync(IReadOnlyList<string> keys)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<StateEntry?>>([.. keys.Select(Live)]);
    }

    public Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<string>>([.. entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
    }

    public Task<StateRefusal?[]> WriteEachAsync(IReadOnlyList<StateWrite> writes)
    {
        lock (gate) return Task.FromResult(writes.Select(write => Check(write) is { } refusal ? refusal : Apply(write)).ToArray());
    }

    /// <summary>All etags are compared with what was before the transaction, as Dapr's own store does it.</summary>
    public Task<StateRefusal?> WriteAllAsync(IReadOnlyList<StateWrite> writes, Action<Database, Session>? alongside = null)
    {
        lock (gate)
        {
            foreach (var write in writes)
                if (Check(write) is { } refusal) return Task.FromResult<StateRefusal?>(refusal);
            foreach (var write in writes) Apply(write);
        }
        return Task.FromResult<StateRefusal?>(null);
    }

    public Task RemoveExpiredAsync()
    {
        lock (gate)
            foreach (var key in entries.Keys) // removing while enumerating is allowed
                if (Live(key) is null) entries.Remove(key);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private StateEntry? Live(string key) =>
        entries.TryGetValue(key, out var entry) && (entry.ExpiresAt is not { } expiry || expiry > clock.GetUtcNow()) ? entry : null;

    private StateRefusal? Check(StateWrite write)
    {
        var current = Live(write.Key);
        if (write.ETag is null) return write.FirstWrite && current is not null ? StateRefusal.EtagMismatch("item already exists and no etag was passed") : null;
        if (current is null) return StateRefusal.EtagMismatch($"state not exist or expired for key={write.Key}");
        return current.ETag == write.ETag ? null : StateRefusal.EtagMismatch($"state etag not match for key={write.Key}: current={current.ETag}, expect={write.ETag}");
    }

    private StateRefusal? Apply(StateWrite write)
    {
        if (write.Value is null) entries.Remove(write.Key);
        else entries[write.Key] = new StateEntry(write.Value, Guid.CreateVersion7(clock.GetUtcNow()).ToString(), write.ExpiresAt);
        return null;
    }
}
