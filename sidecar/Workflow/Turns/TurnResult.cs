using Dapr.DurableTask.Protobuf;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>What one turn comes to. Exactly one of the first three is there.</summary>
/// <param name="History">Events to append to the history: those of the turn and those that its actions made.</param>
/// <param name="NextRun">Continue-as-new: the events with which the next run begins; the history so far is over.</param>
/// <param name="Stall">The turn could not be done with this worker's code; its events stay undone.</param>
/// <param name="CustomStatus">The new custom status; null clears it.</param>
/// <param name="Messages">Events for other instances.</param>
internal sealed record TurnResult(
    IReadOnlyList<HistoryEvent>? History, IReadOnlyList<HistoryEvent>? NextRun, HistoryEvent? Stall, string? CustomStatus, IReadOnlyList<Message> Messages)
{
    public static TurnResult Stalled(HistoryEvent marker) => new(null, null, marker, null, []);
}

/// <summary>An event that one instance sends to another. An <c>executionStarted</c> creates the receiver.</summary>
internal sealed record Message(string InstanceId, HistoryEvent Event);
