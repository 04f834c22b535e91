using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Relations between the times of an instance, which hold whatever the clock says.</summary>
internal sealed record TimesStep : WorkflowStep
{
    public string Of { get; init; } = "{{run}}";

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        var id = replay.Words.Fill(Of);
        var history = await replay.CallAsync("GetInstanceHistory", new JsonObject { ["instanceId"] = id });
        var instance = await replay.CallAsync("GetInstance", new JsonObject { ["instanceId"] = id });
        var events = history["response"]!["events"]!.AsArray();
        var state = instance["response"]!["workflowState"]!;
        var last = Time(events[^1]!["timestamp"]);
        return new JsonObject
        {
            ["everyEventHasOne"] = events.All(happened => Time(happened!["timestamp"]) is not null),
            ["createdIsExecutionStarted"] = Time(state["createdTimestamp"]) == Time(events.First(happened => happened!["executionStarted"] is not null)!["timestamp"]),
            ["startedIsFirstEvent"] = Time(state["startedAt"]) == Time(events[0]!["timestamp"]),
            ["updatedIsLastEvent"] = Time(state["lastUpdatedTimestamp"]) == last,
            ["withinASecondOfNow"] = (TimeProvider.System.GetUtcNow() - RecordedTime.Parse(last!).ToDateTimeOffset()).Duration() < TimeSpan.FromSeconds(1),
        };
    }

    private static string? Time(JsonNode? time) => time?.GetValue<string>();
}
