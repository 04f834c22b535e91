using System.Text.Json.Serialization;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Api;

/// <summary>The answer of <c>GET /v1.0/metadata</c>: fields in this order, absent where there is nothing to tell.</summary>
internal sealed record MetadataDocument(
    string Id,
    string RuntimeVersion,
    IReadOnlyList<string>? EnabledFeatures,
    IReadOnlyList<ComponentEntry>? Components,
    IReadOnlyDictionary<string, string> Extended,
    IReadOnlyList<SubscriptionEntry>? Subscriptions,
    IReadOnlyList<NameEntry>? HttpEndpoints,
    AppConnectionEntry AppConnectionProperties,
    ActorRuntimeEntry ActorRuntime,
    WorkflowsEntry? Workflows,
    IReadOnlyList<NameEntry>? Resiliencies)
{
    private static readonly string[] onByItself = ["HotReload", "WorkflowsRemoteActivityReminder"];

    /// <summary>The document of a sidecar at this moment.</summary>
    public static MetadataDocument Of(DaprRuntime runtime, IReadOnlyDictionary<string, string> extended)
    {
        var sources = runtime.Blocks.OfType<IMetadataSource>().ToList();
        var workers = sources.Sum(source => source.ConnectedWorkers);
        return new MetadataDocument(
            runtime.Options.AppId,
            DaprVersion.Text,
            List(Features(runtime.Configuration)),
            List(runtime.Resources.Components.Select(component => ComponentEntry.Of(component, sources)).OfType<ComponentEntry>()),
            extended,
            List(sources.SelectMany(source => source.Subscriptions).Select(SubscriptionEntry.Of)),
            List(runtime.Resources.HttpEndpoints.Select(endpoint => new NameEntry(endpoint.Name))),
            AppConnectionEntry.Of(runtime.Options),
            runtime.Health.Missing.Contains("runtime") ? new ActorRuntimeEntry("INITIALIZING", false, null) : new ActorRuntimeEntry("DISABLED", false, "placement: disconnected"),
            workers > 0 ? new WorkflowsEntry(workers) : null,
            List(runtime.Resources.Resiliencies.Select(resiliency => resiliency.Name).Distinct().Select(name => new NameEntry(name))));
    }

    /// <summary>What daprd has on by itself, and what the configuration switches on.</summary>
    private static IEnumerable<string> Features(Configuration configuration) =>
        onByItself.Union(configuration.Features.Keys)
            .Where(feature => configuration.Features.GetValueOrDefault(feature, true)).Order(StringComparer.Ordinal);

    /// <summary>Null stands for an empty list, which is left out.</summary>
    internal static IReadOnlyList<T>? List<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}

/// <summary>A component and what it can do.</summary>
internal sealed record ComponentEntry(string Name, string Type, string? Version, IReadOnlyList<string>? Capabilities)
{
    /// <summary>The entry of a component; null if no block has it, because it was left out with <c>ignoreErrors</c>.</summary>
    public static ComponentEntry? Of(Component component, IEnumerable<IMetadataSource> sources)
    {
        if (sources.Select(source => source.Capabilities(component.Name)).FirstOrDefault(found => found is not null) is not { } capabilities) return null;
        return new ComponentEntry(component.Name, component.Type, component.Version is { Length: > 0 } version ? version : null, MetadataDocument.List(capabilities));
    }
}

/// <summary>A subscription in force.</summary>
internal sealed record SubscriptionEntry(
    [property: JsonPropertyName("pubsubname")] string PubsubName, string Topic, IReadOnlyDictionary<string, string>? Metadata, IReadOnlyList<RuleEntry>? Rules, string DeadLetterTopic, string Type)
{
    public static SubscriptionEntry Of(ActiveSubscription subscription) => new(
        subscription.PubsubName, subscription.Topic,
        subscription.Metadata.Count > 0 ? new SortedDictionary<string, string>(subscription.Metadata.ToDictionary(), StringComparer.Ordinal) : null,
        MetadataDocument.List(subscription.Rules.Select(rule => new RuleEntry(rule.Match, rule.Path))), subscription.DeadLetterTopic, subscription.Type);
}

/// <summary>A routing rule; the default has no match.</summary>
internal sealed record RuleEntry(string? Match, string Path);

/// <summary>A resource of which only the name shows.</summary>
internal sealed record NameEntry(string Name);

/// <summary>How the app is reached.</summary>
internal sealed record AppConnectionEntry(int? Port, string Protocol, string ChannelAddress, int? MaxConcurrency, AppHealthEntry? Health)
{
    public static AppConnectionEntry Of(SidecarOptions options) => new(
        options.AppPort, options.AppProtocol, options.AppChannelAddress, options.AppMaxConcurrency > 0 ? options.AppMaxConcurrency : null,
        options is { AppPort: not null, AppHealth: { } health }
            ? new AppHealthEntry(health.Path, GoDuration.Format(health.Interval), GoDuration.Format(health.Timeout), health.Threshold)
            : null);
}

/// <summary>The app's health checks.</summary>
internal sealed record AppHealthEntry(string HealthCheckPath, string HealthProbeInterval, string HealthProbeTimeout, int HealthThreshold);

/// <summary>The state of the actor runtime, which is that of a daprd without placement: actors are not served.</summary>
internal sealed record ActorRuntimeEntry(string RuntimeStatus, bool HostReady, string? Placement);

/// <summary>The workflow workers.</summary>
internal sealed record WorkflowsEntry(int ConnectedWorkers);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MetadataDocument))]
internal sealed partial class MetadataJson : JsonSerializerContext;
