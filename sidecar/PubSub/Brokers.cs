using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.PubSub.Durable;
using Resort.Sidecar.PubSub.RabbitMq;
using Resort.Sidecar.PubSub.Redis;

namespace Resort.Sidecar.PubSub;

/// <summary>The pub/sub components of one sidecar by name.</summary>
internal sealed class Brokers : IAsyncDisposable
{
    private readonly Dictionary<string, PubSubComponent> components = new(StringComparer.Ordinal);

    /// <summary>All components by name.</summary>
    public IReadOnlyDictionary<string, PubSubComponent> All => components;

    /// <summary>Makes the pub/sub components of a sidecar.</summary>
    /// <exception cref="ResourceException">One of them is wrong.</exception>
    public async Task CreateAsync(DaprRuntime runtime)
    {
        var types = new ComponentTypes<PubSubComponent>("pubsub",
            ("pubsub.in-memory", component => new(InMemory(component, runtime))),
            ("pubsub.sqlite", async component => new PubSubComponent(component, await SqliteBroker.CreateAsync(component, runtime), runtime)),
            ("pubsub.rabbitmq", async component => new PubSubComponent(component, await RabbitMqBroker.CreateAsync(component, runtime), runtime)),
            ("pubsub.redis", async component => new PubSubComponent(component, await RedisBroker.CreateAsync(component, runtime), runtime)));
        var created = await types.CreateAllAsync(runtime.Resources.Components, runtime.References.Resolve, runtime.Loggers.CreateLogger<Brokers>());
        foreach (var (name, component) in created) components.Add(name, component);
    }

    /// <summary>A component by its name, or null.</summary>
    public PubSubComponent? Find(string name) => components.GetValueOrDefault(name);

    /// <summary>A component by its name.</summary>
    /// <exception cref="DaprException">There is none of that name.</exception>
    public PubSubComponent Get(string name) => Find(name) ?? throw new DaprException(Errors.PubSubNotFound(name));

    public async ValueTask DisposeAsync()
    {
        foreach (var component in components.Values) await component.DisposeAsync();
    }

    private static PubSubComponent InMemory(Component component, DaprRuntime runtime)
    {
        component.Metadata.Text("consumerID"); // every pub/sub component may have one; here it means nothing
        return new PubSubComponent(component, new InMemoryBroker(runtime.Process.Clock), runtime);
    }
}
