using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>The app begins to listen, perhaps with another script.</summary>
internal sealed record AppStartStep : Step
{
    public AppScript? App { get; init; }

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var app = replay.App(Sidecar);
        if (App is not null) app.Play(replay.Filled(App));
        await app.StartAsync();
        return null;
    }
}
