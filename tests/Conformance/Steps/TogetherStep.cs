using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Several steps at the same moment, or each a little after the one before.</summary>
internal sealed record TogetherStep : Step
{
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>How often each is done.</summary>
    public int Times { get; init; } = 1;
    public int EveryMs { get; init; }

    /// <summary>Records only how many had which outcome, compared within <see cref="Tolerance"/>.</summary>
    public bool Tally { get; init; }
    public int Tolerance { get; init; }

    public override bool NeedsProcess => Steps.Any(step => step.NeedsProcess);

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var all = Enumerable.Range(0, Times).SelectMany(_ => Steps);
        var results = await Task.WhenAll(all.Select(async (step, i) =>
        {
            await Task.Delay(i * EveryMs);
            return await step.PlayAsync(replay);
        }));
        if (!Tally) return new JsonArray(results);
        var outcomes = results.GroupBy(Outcome).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count()));
        return new JsonObject { ["tally"] = new JsonObject(outcomes), ["tolerance"] = Tolerance };
    }

    private static string Outcome(JsonNode? result)
    {
        var code = result?["body"] is JsonObject body && body["$json"] is JsonObject json ? json["errorCode"]?.ToString() : null;
        return (result?["error"] ?? result?["broken"])?.ToString() ?? $"{result?["status"]}{(code is null ? "" : " " + code)}";
    }
}
