using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Several steps at the same moment.</summary>
internal sealed record TogetherStep : WorkflowStep
{
    public required IReadOnlyList<WorkflowStep> Steps { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay) => new JsonArray(await Task.WhenAll(Steps.Select(step => step.PlayAsync(replay))));
}
