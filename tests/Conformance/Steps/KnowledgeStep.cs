using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A look at daprd's logs: recorded for knowledge, asked of no other sidecar.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record KnowledgeStep : Step
{
    public override Task<JsonNode?> PlayAsync(Replay replay) =>
        Loose.Contains("") ? Task.FromResult<JsonNode?>(null) : throw new NotSupportedException($"a step `{Do}` that counts cannot be played");
}
