using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.PubSub;

/// <summary>Pub/sub as a building block: its routes, and its subscriptions, which follow the app.</summary>
internal sealed class PubSubBlock(DaprRuntime runtime) : IBuildingBlock, IAppListener, IMetadataSource, IAsyncDisposable
{
    IEnumerable<ActiveSubscription> IMetadataSource.Subscriptions => runtime.Subscriptions.All.Select(Listed);

    public void Map(RouteTable routes) => new PubSubApi(runtime.Brokers, runtime.Options.AppId, runtime.Process.Clock).Map(routes);

    public Task AppUpAsync(CancellationToken cancel) => runtime.Subscriptions.StartAsync(cancel);

    public Task AppDownAsync() => runtime.Subscriptions.StopAsync();

    public IReadOnlyList<string>? Capabilities(string component) => runtime.Brokers.Find(component)?.Capabilities;

    public ValueTask DisposeAsync() => runtime.Subscriptions.DisposeAsync();

    /// <summary>Routes as they are written; the default comes last.</summary>
    private static ActiveSubscription Listed(Subscription subscription)
    {
        var rules = subscription.Rules.Select(rule => (Match: rule.Match.Length > 0 ? rule.Match : null, rule.Path)).ToList();
        if (subscription.DefaultRoute is { Length: > 0 } route) rules.Add((null, route));
        return new ActiveSubscription(subscription.PubsubName, subscription.Topic, subscription.Metadata, rules, subscription.DeadLetterTopic ?? "", subscription.Location is null ? "PROGRAMMATIC" : "DECLARATIVE");
    }
}
