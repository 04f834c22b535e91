using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.DurableTask.Protobuf;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>One step of a scripted workflow.</summary>
/// <param name="When">Waits: if it does not hold, the walk ends here.</param>
/// <param name="If">Skips the entry if it does not hold.</param>
/// <param name="Do">Actions in the wire's own names.</param>
/// <param name="Status">The custom status from here on; null clears it.</param>
/// <param name="DelayMs">How late the answer is.</param>
/// <param name="Silent">How many turns that end here get no answer.</param>
/// <param name="Response">Fields that replace those of the answer.</param>
internal sealed record ScriptEntry(Condition? When, Condition? If, IReadOnlyList<JsonObject>? Do, JsonElement Status, int DelayMs, Silence Silent, JsonObject? Response)
{
    private const string Carryover = "carryoverEvents";

    /// <summary>The actions that the history does not confirm yet.</summary>
    public IEnumerable<WorkflowAction> Actions(TurnHistory past, WorkflowRequest turn) =>
        (Do ?? []).Where(action => !past.IsConfirmed(action["id"]?.GetValue<int>() ?? 0)).Select(action => Action(ScriptText.Fill(action, past), turn));

    /// <summary><c>"carryoverEvents": "raised"</c> stands for the events that the turn came with.</summary>
    private static WorkflowAction Action(JsonObject filled, WorkflowRequest turn)
    {
        var completion = filled["completeWorkflow"] as JsonObject;
        var carries = completion?[Carryover] is JsonValue;
        if (carries) completion!.Remove(Carryover);
        var action = (WorkflowAction)MessageJson.Read(filled, WorkflowAction.Descriptor);
        if (carries) action.CompleteWorkflow.CarryoverEvents.Add(turn.NewEvents.Concat(turn.PastEvents).Where(happened => happened.EventRaised is not null));
        return action;
    }
}
