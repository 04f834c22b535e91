using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;

namespace Dapr.Workflow.Replay;

/// <summary>The ways in which a run of a workflow ends.</summary>
internal static class Completion
{
    public static CompleteWorkflowAction Completed(string result) => new() { WorkflowStatus = OrchestrationStatus.Completed, Result = result };

    public static CompleteWorkflowAction Failed(Exception failure) => Failed(failure.ToDetails());

    public static CompleteWorkflowAction Failed(TaskFailureDetails details)
    {
        details.IsNonRetriable = true;
        return new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Failed, FailureDetails = details };
    }

    public static CompleteWorkflowAction Terminated(string? output) => new() { WorkflowStatus = OrchestrationStatus.Terminated, Result = output };

    public static CompleteWorkflowAction ContinuedAsNew(string input, IEnumerable<HistoryEvent> events) =>
        new() { WorkflowStatus = OrchestrationStatus.ContinuedAsNew, Result = input, CarryoverEvents = { events } };
}
