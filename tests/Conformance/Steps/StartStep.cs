using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A sidecar starts; with <see cref="Exit"/> it is recorded whether it ended again.</summary>
internal sealed record StartStep : Step
{
    public bool Exit { get; init; }
    public bool Wait { get; init; } = true;

    /// <summary>How many milliseconds it has to end.</summary>
    public int Within { get; init; } = 15_000;

    public override IReadOnlyList<string> Free => [.. Loose, "message"];

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var sidecar = replay.Sidecar(Sidecar);
        await replay.StartAsync(sidecar, Wait && !Exit);
        return Exit ? ExitStep.Recorded(await replay.Deployment.EndAsync(sidecar, ExitStep.Patience(Got, Within))) : null;
    }
}
