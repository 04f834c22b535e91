using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>A worker cancels its stream.</summary>
internal sealed record WorkerCloseStep : WorkflowStep
{
    public string Id { get; init; } = "w";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await replay.Workers[Id].CloseAsync();
        return null;
    }
}
