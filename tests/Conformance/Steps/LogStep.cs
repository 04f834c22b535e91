using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A line of the log that matters. What each sidecar may word as it likes is not looked at.</summary>
internal sealed record LogStep : Step
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>A regular expression; its group, if it has one, is what counts.</summary>
    public required string Find { get; init; }

    protected override string Summary => $"log {Find}";

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        if (Loose.Contains("")) return null;
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(betweenLooks))
        {
            var found = Regex.Match(replay.Deployment.Log, Find);
            if (found.Success) return replay.Placeholders.Blank(found.Groups[^1].Value);
            if (TimeProvider.System.GetElapsedTime(began) > limit) return null;
        }
    }
}
