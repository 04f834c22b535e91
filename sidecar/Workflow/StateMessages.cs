using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Instances;

namespace Resort.Sidecar.Workflow;

/// <summary>The state of an instance as a message of the task-hub service.</summary>
internal static class StateMessages
{
    /// <param name="view">The instance.</param>
    /// <param name="payloads">Whether inputs, outputs, custom status and failure are wanted.</param>
    /// <param name="parent">Whether the parent is named: Dapr does so when it was asked to wait, not when it was asked to get.</param>
    public static GetInstanceResponse Answer(InstanceView view, bool payloads, bool parent)
    {
        if (!view.Exists) return new GetInstanceResponse();
        var state = new WorkflowState
        {
            InstanceId = view.InstanceId,
            Name = view.Started?.Name ?? "",
            Version = view.Version,
            WorkflowStatus = view.Status,
            CreatedTimestamp = view.CreatedAt,
            LastUpdatedTimestamp = view.UpdatedAt,
            StartedAt = view.StartedAt,
        };
        if (payloads)
        {
            state.Input = view.Started?.Input;
            state.Output = view.Completed?.Result;
            state.CustomStatus = view.CustomStatus is { Length: > 0 } status ? status : null;
            state.FailureDetails = view.Completed?.FailureDetails;
        }
        if (parent && view.Started?.ParentInstance is { } from)
        {
            state.ParentInstanceId = from.WorkflowInstance.InstanceId;
            state.ParentAppId = from.AppID;
        }
        return new GetInstanceResponse { Exists = true, WorkflowState = state };
    }
}
