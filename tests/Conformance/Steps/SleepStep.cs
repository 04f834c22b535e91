using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Time passes, as it did when the scenario was recorded.</summary>
internal sealed record SleepStep : Step
{
    public required int Ms { get; init; }

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        await Task.Delay(Ms);
        return null;
    }
}
