using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Resource files change while the sidecar runs.</summary>
internal sealed record WriteStep : Step
{
    public required IReadOnlyDictionary<string, JsonNode?> Resources { get; init; }

    public override Task<JsonNode?> PlayAsync(Replay replay)
    {
        replay.Sidecar(Sidecar).Write(Resources);
        return Task.FromResult<JsonNode?>(null);
    }
}
