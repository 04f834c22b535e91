using System.Collections.Concurrent;
using Resort.Sidecar.Components;
using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Resiliency;

/// <summary>
/// Which policies apply to what. A target that the resources name has exactly what they say of it; any other has the default policies, each by
/// the most particular name that exists.
/// </summary>
internal sealed class PolicySet
{
    private const int DefaultMethods = 1000;
    private readonly ConcurrentDictionary<(string, ComponentKind, Direction), Policy> components = new();
    private readonly ConcurrentDictionary<string, CircuitBreaker> componentBreakers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AppPolicies> apps = new(StringComparer.Ordinal);
    private readonly AppPolicies? otherApps;
    private readonly ResiliencySettings settings;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Func<Direction, string, PolicyMetrics> metrics;

    public PolicySet(ResiliencySettings settings, TimeProvider clock, ILogger log, Func<Direction, string, PolicyMetrics> metrics)
    {
        (this.settings, this.clock, this.log, this.metrics) = (settings, clock, log, metrics);
        foreach (var (name, app) in settings.Apps) apps[name] = new AppPolicies(name, app.Definition, app.Methods, metrics(Direction.Outbound, $"app_{name}"), clock, log);
        var byDefault = settings.Default("App", "");
        if (byDefault != PolicyDefinition.None) otherApps = new AppPolicies("", byDefault, DefaultMethods, metrics(Direction.Outbound, "app_"), clock, log);
    }

    /// <summary>Reads the policies of a sidecar.</summary>
    /// <exception cref="ResourceException">A resource is wrong.</exception>
    public static PolicySet Load(ResourceSet resources, TimeProvider clock, ILogger log, ResiliencyMetrics metrics)
    {
        var settings = ResiliencyReader.Read(resources.Resiliencies);
        foreach (var resource in resources.Resiliencies) metrics.Loaded(resource.Name);
        var name = resources.Resiliencies is [.., var last] ? last.Name : "";
        return new PolicySet(settings, clock, log, (direction, target) => metrics.Of(name, direction, target));
    }

    /// <summary>The state of every breaker, by its target.</summary>
    public IEnumerable<(string Target, BreakerState State)> Breakers =>
        apps.Where(app => app.Value.State is not null).Select(app => ($"app.{app.Key}", app.Value.State!.Value))
            .Concat(componentBreakers.Select(component => ($"component.{component.Key}", component.Value.State)));

    /// <summary>The policies for calls to an app, an HTTP endpoint or an address, by the text that the caller wrote; null if there are none.</summary>
    public AppPolicies? App(string target) => apps.GetValueOrDefault(target) ?? otherApps;

    /// <summary>The policy for a component; <see cref="Policy.None"/> if there is none.</summary>
    public Policy Component(string name, ComponentKind kind, Direction direction) =>
        components.TryGetValue((name, kind, direction), out var known) ? known : components.GetOrAdd((name, kind, direction), Create(name, kind, direction));

    private Policy Create(string name, ComponentKind kind, Direction direction)
    {
        var definition = settings.Components.TryGetValue((name, direction), out var named)
            ? named
            : settings.Default($"{kind}Component{direction}", $"Component{direction}", "Component", "");
        if (definition == PolicyDefinition.None) return Policy.None;
        var counted = metrics(direction, $"component_{name}");
        var breaker = definition.Breaker is { } breaking
            ? componentBreakers.GetOrAdd(name, component => new CircuitBreaker($"{breaking.Name}-{component}", breaking, counted, clock, log)) // both directions share it
            : null;
        return new Policy($"component[{name}] {(direction == Direction.Inbound ? "input" : "output")}", definition, breaker, counted, clock, log);
    }
}
