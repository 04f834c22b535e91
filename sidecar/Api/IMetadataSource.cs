namespace Resort.Sidecar.Api;

/// <summary>What a building block tells about itself in <c>GET /v1.0/metadata</c>.</summary>
internal interface IMetadataSource
{
    /// <summary>What a component can do, in daprd's words and order; null if the component is not of this block.</summary>
    IReadOnlyList<string>? Capabilities(string component) => null;

    /// <summary>The subscriptions that are in force.</summary>
    IEnumerable<ActiveSubscription> Subscriptions => [];

    /// <summary>How many workflow workers are connected.</summary>
    int ConnectedWorkers => 0;
}

/// <summary>A subscription in force. The default route is the rule without <c>Match</c>; <c>Type</c> is <c>DECLARATIVE</c> or <c>PROGRAMMATIC</c>.</summary>
internal sealed record ActiveSubscription(
    string PubsubName, string Topic, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<(string? Match, string Path)> Rules, string DeadLetterTopic, string Type);
