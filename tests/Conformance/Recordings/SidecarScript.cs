using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>One sidecar of a scenario: flags, files, environment and its app.</summary>
internal sealed record SidecarScript
{
    /// <summary>The app id, if it is not the sidecar's name in the scenario.</summary>
    public string? AppId { get; init; }
    public AppScript? App { get; init; }

    /// <summary>Resource files by name; YAML text, or objects because JSON is YAML.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Resources { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The Configuration, as text or object; an empty one if absent.</summary>
    public JsonNode? Config { get; init; }

    /// <summary>Further flags of daprd.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The same said in a run template; the replayer has only flags.</summary>
    public JsonObject? Template { get; init; }
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary><c>live</c> if the sidecar is not ready before its app is there, so that only its outbound health is awaited.</summary>
    public string? Wait { get; init; }
}
