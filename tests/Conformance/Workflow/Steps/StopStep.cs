using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Ends the sidecar's process by a signal.</summary>
internal sealed record StopStep : WorkflowStep
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    public string Signal { get; init; } = "SIGTERM";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        foreach (var started in replay.Started) await AwaitAsync(replay, started);
        await replay.Deployment.SignalAsync(replay.Sidecar, Signal);
        _ = await replay.Deployment.EndAsync(replay.Sidecar, patience) ?? throw new TimeoutException($"the sidecar did not end within {patience.TotalSeconds} s after {Signal}");
        return null;
    }

    // a worker may get the first turn before the start is on disk; what a client can see must survive
    private static async Task AwaitAsync(WorkflowReplay replay, string instanceId)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(betweenLooks))
        {
            var answer = await replay.CallAsync("GetInstance", new JsonObject { ["instanceId"] = instanceId });
            if (answer["response"]?["exists"]?.GetValue<bool>() ?? false) return;
            if (TimeProvider.System.GetElapsedTime(began) > patience) throw new TimeoutException($"{instanceId} was started, and cannot be seen after {patience.TotalSeconds} s");
        }
    }
}
