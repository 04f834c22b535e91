using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>The same call again and again until it has the status <c>until</c>; records the distinct answers in order, or the last one.</summary>
internal sealed record PollStep : HttpStep
{
    public int EveryMs { get; init; } = 20;
    public bool Last { get; init; }

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var seen = new List<JsonObject>(); ; await Task.Delay(EveryMs))
        {
            var answer = await SendAsync(replay);
            if (!answer.ContainsKey("error") && !JsonNode.DeepEquals(answer, seen.LastOrDefault())) seen.Add(answer);
            if (!JsonNode.DeepEquals(answer["status"], UntilValue) && TimeProvider.System.GetElapsedTime(began).TotalMilliseconds < Within) continue;
            return Last ? seen.LastOrDefault() : new JsonArray([.. seen]);
        }
    }
}
