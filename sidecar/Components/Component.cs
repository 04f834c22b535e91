namespace Resort.Sidecar.Components;

/// <summary>A Component resource (<c>dapr.io/v1alpha1</c>): a building block's backend, by name, type and metadata.</summary>
internal sealed record Component(
    string Name, string Type, string? Version, ComponentMetadata Metadata, bool IgnoreErrors, string? SecretStore, IReadOnlyList<string> Scopes, SourceLocation Location)
{
    /// <summary>The category, which is the part of the type before the dot: <c>state</c>, <c>pubsub</c>, <c>secretstores</c>, …</summary>
    public string Category => Type[..Math.Max(0, Type.IndexOf('.', StringComparison.Ordinal))];
}
