namespace Dapr.Client;

/// <summary>The part of the sidecar's metadata that the SDK shows, as it is on the wire. Dapr leaves out what is empty.</summary>
internal sealed record MetadataBody(
    string? Id = null, Dictionary<string, string>? Extended = null, MetadataBody.Component[]? Components = null, MetadataBody.Actors? ActorRuntime = null)
{
    public DaprMetadata ToMetadata() => new(
        Id ?? "",
        [.. (ActorRuntime?.ActiveActors ?? []).Select(actor => new DaprActorMetadata(actor.Type ?? "", actor.Count))],
        Extended ?? [],
        [.. (Components ?? []).Select(one => new DaprComponentsMetadata(one.Name ?? "", one.Type ?? "", one.Version ?? "", one.Capabilities ?? []))]);

    internal sealed record Component(string? Name, string? Type, string? Version, string[]? Capabilities);

    internal sealed record Actor(string? Type, int Count);

    internal sealed record Actors(Actor[]? ActiveActors);
}
