using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Lets time pass, where the recording did so that something could or could not happen.</summary>
internal sealed record SleepStep : WorkflowStep
{
    public required int Ms { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        await Task.Delay(Ms);
        return null;
    }
}
