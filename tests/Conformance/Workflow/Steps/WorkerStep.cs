using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Connects a further worker, with the same script.</summary>
internal sealed record WorkerStep : WorkflowStep
{
    public string Id { get; init; } = "w";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await replay.ConnectWorkerAsync(Id);
        return null;
    }
}
