using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Workflow.Script;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>The state of an instance when it has reached a status.</summary>
internal sealed record UntilStep : WorkflowStep
{
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    public required string Instance { get; init; }

    /// <summary>Any of these.</summary>
    [JsonConverter(typeof(OneOrMore<string>))]
    public required IReadOnlyList<string> Status { get; init; }
    public int Within { get; init; } = 15_000;

    /// <summary>Only the status is told.</summary>
    public bool Brief { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await replay.CallAsync("GetInstance", new JsonObject { ["instanceId"] = replay.Words.Fill(Instance), ["getInputsAndOutputs"] = true });
            var status = seen["response"]?["workflowState"]?["workflowStatus"]?.GetValue<string>();
            if (status is not null && Status.Contains(status)) return replay.Words.Blank(Brief ? new JsonObject { ["status"] = status } : seen["response"]!["workflowState"]);
            if (watch.ElapsedMilliseconds > Within) return new JsonObject { ["timedOut"] = true, ["last"] = replay.Words.Blank(seen) };
            await Task.Delay(betweenLooks);
        }
    }
}
