using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>How many work items were out at the same time.</summary>
internal sealed record PeakStep : WorkflowStep
{
    public override Task<JsonNode?> PlayAsync(WorkflowReplay replay) =>
        Task.FromResult<JsonNode?>(new JsonObject { ["turns"] = replay.Items.MostTurns, ["activities"] = replay.Items.MostActivities });
}
