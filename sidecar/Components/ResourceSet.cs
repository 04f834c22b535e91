namespace Resort.Sidecar.Components;

/// <summary>All resources of one sidecar, those of other apps' scopes left out, in the order of paths, file names and documents.</summary>
internal sealed record ResourceSet(
    IReadOnlyList<Component> Components, IReadOnlyList<Subscription> Subscriptions, IReadOnlyList<Resource> Resiliencies, IReadOnlyList<Resource> HttpEndpoints);
