using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>The app goes away; its connections break.</summary>
internal sealed record AppStopStep : Step
{
    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        await replay.App(Sidecar).StopAsync();
        return null;
    }
}
