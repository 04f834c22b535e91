#nullable disable

namespace Dapr.Client;

/// <summary>What a sidecar says about itself.</summary>
public sealed class DaprMetadata(
    string id, IReadOnlyList<DaprActorMetadata> actors, IReadOnlyDictionary<string, string> extended, IReadOnlyList<DaprComponentsMetadata> components)
{
    /// <summary>The app id.</summary>
    public string Id { get; } = id;

    /// <summary>Active actors by type.</summary>
    public IReadOnlyList<DaprActorMetadata> Actors { get; } = actors;

    /// <summary>Named values, among them those of <see cref="DaprClient.SetMetadataAsync"/>.</summary>
    public IReadOnlyDictionary<string, string> Extended { get; } = extended;

    /// <summary>The loaded components.</summary>
    public IReadOnlyList<DaprComponentsMetadata> Components { get; } = components;
}

/// <summary>Active actors of one type.</summary>
public sealed class DaprActorMetadata(string type, int count)
{
    /// <summary>The type.</summary>
    public string Type { get; } = type;

    /// <summary>How many are active.</summary>
    public int Count { get; } = count;
}

/// <summary>A loaded component.</summary>
public sealed class DaprComponentsMetadata(string name, string type, string version, string[] capabilities)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The type, such as <c>state.redis</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The version, such as <c>v1</c>.</summary>
    public string Version { get; } = version;

    /// <summary>What it can do, such as <c>ETAG</c>.</summary>
    public string[] Capabilities { get; } = capabilities;
}
