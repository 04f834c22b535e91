using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A signal is sent to the sidecar; nobody waits for its end.</summary>
internal sealed record SignalStep : Step
{
    public string Signal { get; init; } = "SIGTERM";

    public override bool NeedsProcess => true;

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        await replay.Deployment.SignalAsync(replay.Sidecar(Sidecar), Signal);
        return null;
    }
}
