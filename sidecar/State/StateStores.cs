using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Resiliency;
using Resort.Sidecar.State.Postgres;
using Resort.Sidecar.State.Redis;

namespace Resort.Sidecar.State;

/// <summary>The state components of one sidecar by name.</summary>
internal sealed class StateStores : IAsyncDisposable
{
    private Dictionary<string, StateComponent> components = [];

    /// <summary>All components by name.</summary>
    public IReadOnlyDictionary<string, StateComponent> All => components;

    /// <summary>Creates the components.</summary>
    /// <exception cref="ResourceException">One of them is wrong.</exception>
    public async Task CreateAsync(DaprRuntime runtime)
    {
        var clock = runtime.Process.Clock;
        var log = runtime.Loggers.CreateLogger<StateStores>();
        var types = new ComponentTypes<StateComponent>("state",
            ("state.sqlite", Sqlite), ("state.sqlite3", Sqlite), ("state.in-memory", InMemory), ("state.postgresql/v2", Postgres), ("state.postgres/v2", Postgres), ("state.redis", Redis));
        components = await types.CreateAllAsync(runtime.Resources.Components, runtime.References.Resolve, log);

        async ValueTask<StateComponent> Sqlite(Component component)
        {
            var settings = SqliteSettings.Read(component.Metadata);
            var store = await SqliteStateStore.OpenAsync(settings, component.Metadata.LocationOf("connectionString"), runtime.Process.Databases, clock);
            return Common(component, store, settings.CleanupInterval);
        }

        async ValueTask<StateComponent> Postgres(Component component)
        {
            var settings = PostgresSettings.Read(component.Metadata);
            return Common(component, await PostgresStateStore.OpenAsync(settings, component.Metadata.LocationOf("connectionString"), clock), settings.CleanupInterval);
        }

        ValueTask<StateComponent> InMemory(Component component) => new(Common(component, new InMemoryStateStore(clock), TimeSpan.FromMinutes(1)));

        async ValueTask<StateComponent> Redis(Component component) =>
            Common(component, await RedisStateStore.OpenAsync(component.Metadata, runtime.Process.Redis, clock), cleanup: TimeSpan.Zero);

        StateComponent Common(Component component, IStateStore store, TimeSpan cleanup)
        {
            component.Metadata.Bool("actorStateStore", false); // workflows keep their own history here
            var outbox = Outbox.Create(component, store, runtime, log);
            var policy = runtime.Policies.Component(component.Name, ComponentKind.Statestore, Direction.Outbound);
            return new StateComponent(component.Name, store, KeyPrefix.Read(component, runtime.Options), policy, runtime.Metrics.Components, StateCleanup.Start(store, cleanup, clock, log), outbox);
        }
    }

    /// <summary>A component by its name. Only the query API leaves the app id out of the error.</summary>
    /// <exception cref="DaprException">There is none of that name, or none at all.</exception>
    public StateComponent Get(string name, string? appId)
    {
        if (components.Count == 0) throw new DaprException(Errors.StateStoreNotConfigured(name, appId));
        return components.GetValueOrDefault(name) ?? throw new DaprException(Errors.StateStoreNotFound(name, appId));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var component in components.Values) await component.DisposeAsync();
    }
}
