using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>What a call got that an earlier step began.</summary>
internal sealed record ResultStep : WorkflowStep
{
    public required string Of { get; init; }
    public int Within { get; init; } = 10_000;

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        try { return await replay.Pending[Of].WaitAsync(TimeSpan.FromMilliseconds(Within)); }
        catch (TimeoutException) { return new JsonObject { ["waiting"] = true }; }
    }
}
