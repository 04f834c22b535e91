using Dapr.DurableTask.Protobuf;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Items;

/// <summary>A work item that a worker got, and when.</summary>
internal sealed class ReceivedItem(WorkItem message, string worker, Moment at)
{
    public WorkItem Message => message;
    public string Worker => worker;
    public Moment At => at;
    public bool IsTurn => message.WorkflowRequest is not null;
    public string InstanceId => IsTurn ? message.WorkflowRequest.InstanceId : message.ActivityRequest.WorkflowInstance.InstanceId;

    /// <summary>The name of the workflow or activity; empty if the history does not tell.</summary>
    public string Name { get; } = message.WorkflowRequest is { } turn
        ? turn.NewEvents.Concat(turn.PastEvents).FirstOrDefault(happened => happened.ExecutionStarted is not null)?.ExecutionStarted.Name ?? ""
        : message.ActivityRequest.Name;

    /// <summary>How the sidecar refused the answer.</summary>
    public CallStatus? Refused { get; set; }
}
