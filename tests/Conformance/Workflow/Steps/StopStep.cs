using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Ends the sidecar's process by a signal.</summary>
internal sealed record StopStep : WorkflowStep
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    public string Signal { get; init; } = "SIGTERM";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await replay.Deployment.SignalAsync(replay.Sidecar, Signal);
        _ = await replay.Deployment.EndAsync(replay.Sidecar, patience) ?? throw new TimeoutException($"the sidecar did not end within {patience.TotalSeconds} s after {Signal}");
        return null;
    }
}
