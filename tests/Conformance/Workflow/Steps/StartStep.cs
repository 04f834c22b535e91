using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Starts the sidecar again over the same data.</summary>
internal sealed record StartStep : WorkflowStep
{
    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await replay.StartAsync();
        return null;
    }
}
