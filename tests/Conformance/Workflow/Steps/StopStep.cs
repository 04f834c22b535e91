using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Ends the sidecar's process by a signal.</summary>
internal sealed record StopStep : WorkflowStep
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    // for what has been asked to be answered: a worker may get the first turn before the start is on disk, which is when it is answered; only then must it survive
    public string Signal { get; init; } = "SIGTERM";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await Task.WhenAll(replay.Pending.Values).WaitAsync(patience);
        await replay.Deployment.SignalAsync(replay.Sidecar, Signal);
        _ = await replay.Deployment.EndAsync(replay.Sidecar, patience) ?? throw new TimeoutException($"the sidecar did not end within {patience.TotalSeconds} s after {Signal}");
        return null;
    }
}
