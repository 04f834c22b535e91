using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Sidecars;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Whether the sidecar ends by itself, and how.</summary>
internal sealed record ExitStep : Step
{
    public int Within { get; init; } = 10_000;
    public bool Timed { get; init; }

    public override bool NeedsProcess => true;

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var began = Moment.Now;
        if (await replay.Deployment.EndAsync(replay.Sidecar(Sidecar), Patience(Got, Within)) is not { } end) return new JsonObject { ["exited"] = false };
        var recorded = new JsonObject { ["exited"] = true, ["code"] = end.Code };
        if (Timed) Moment.Now.Record(began, recorded, "ms");
        return recorded;
    }

    /// <summary>How long an end is awaited: where one was recorded, it may come late on a busy machine.</summary>
    public static TimeSpan Patience(JsonNode? recorded, int within) => recorded?["exited"]?.GetValue<bool>() == true ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(within);

    /// <summary>The end of a start that failed; the message is this sidecar's own.</summary>
    public static JsonObject Recorded(SidecarEnd? end) => new() { ["exited"] = end is not null, ["code"] = end?.Code, ["message"] = end?.Message };
}
