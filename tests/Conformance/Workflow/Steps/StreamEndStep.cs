using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>How a worker's stream ended.</summary>
internal sealed record StreamEndStep : WorkflowStep
{
    public string Id { get; init; } = "w";
    public int Within { get; init; } = 10_000;

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        try { return replay.Words.Blank((await replay.Workers[Id].Ended.WaitAsync(TimeSpan.FromMilliseconds(Within))).ToJson()); }
        catch (TimeoutException) { return new JsonObject { ["open"] = true }; }
    }
}
