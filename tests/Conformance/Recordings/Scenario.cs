using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Steps;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>One recorded scenario: the sidecars with their apps, and the steps with what real Dapr did.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)] // notes of whoever recorded it
internal sealed record Scenario
{
    public required string Name { get; init; }

    /// <summary>Names or paths of fields whose difference does not count.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];

    /// <summary>Names of variables that tell where servers are.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Nothing is started before the first step.</summary>
    public bool Manual { get; init; }

    /// <summary>Names of trace and span ids that the steps send.</summary>
    public IReadOnlyDictionary<string, string>? TraceIds { get; init; }

    /// <summary>Workflows and activities of a worker at the first sidecar.</summary>
    public JsonObject? Worker { get; init; }

    public IReadOnlyDictionary<string, SidecarScript> Sidecars { get; init; } = new Dictionary<string, SidecarScript> { ["app"] = new() };
    public required IReadOnlyList<Step> Steps { get; init; }
}
