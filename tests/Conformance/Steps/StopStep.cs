using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A signal ends the sidecar; with <see cref="Timed"/> exit code and time are recorded.</summary>
internal sealed record StopStep : Step
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(8);

    public string? Signal { get; init; }
    public bool Timed { get; init; }

    public override bool NeedsProcess => Timed || Signal is not null;

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var sidecar = replay.Sidecar(Sidecar);
        var began = Moment.Now;
        await replay.Deployment.SignalAsync(sidecar, Signal ?? "SIGTERM");
        var end = await replay.Deployment.EndAsync(sidecar, patience);
        if (!Timed) return null;
        var recorded = new JsonObject { ["code"] = end?.Code };
        Moment.Now.Record(began, recorded, "ms");
        return recorded;
    }
}
