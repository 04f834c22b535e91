using Resort.Sidecar.Workflow;

namespace Resort.Sidecar.Api;

/// <summary>Errors of the workflow API.</summary>
internal static partial class Errors
{
    public static DaprError WorkflowNameMissing { get; } = new(400, "ERR_WORKFLOW_NAME_MISSING", "workflow name is not configured");
    public static DaprError InstanceIdMissing { get; } = new(400, "ERR_INSTANCE_ID_PROVIDED_MISSING", "no instance ID was provided");
    public static DaprError WorkflowEventNameMissing { get; } = new(400, "ERR_WORKFLOW_EVENT_NAME_MISSING", "missing workflow event name");

    public static DaprError InstanceIdTooLong(int limit) => new(400, "ERR_INSTANCE_ID_TOO_LONG", $"workflow instance ID exceeds the max length of {limit} characters");

    public static DaprError InstanceIdInvalid(string id) =>
        new(400, "ERR_INSTANCE_ID_INVALID", $"workflow instance ID '{id}' is invalid: only alphanumeric and underscore characters are allowed");

    public static DaprError WorkflowBodyUnreadable(string reason) => new(400, "ERR_BODY_READ", $"failed to read request body: {reason}");

    public static DaprError WorkflowNotFound(string id) => new(404, "ERR_INSTANCE_ID_NOT_FOUND", $"unable to find workflow with the provided instance ID: {id}");

    public static DaprError StartWorkflow(string name, WorkflowException e) =>
        new(500, "ERR_START_WORKFLOW", $"error starting workflow '{name}': unable to start workflow: failed to start workflow: {e.Cause}");

    public static DaprError GetWorkflow(string id, WorkflowException e) =>
        new(500, "ERR_GET_WORKFLOW", $"error while getting workflow info on instance '{id}': failed to get workflow metadata for '{id}': failed to fetch workflow metadata: failed to load workflow metadata: {e.Cause}");

    public static DaprError RaiseEventWorkflow(string id, string name, WorkflowException e) =>
        new(500, "ERR_RAISE_EVENT_WORKFLOW", $"error raising event on workflow '{id}': failed to raise event {name} on workflow {id}: failed to raise event: {e.Cause}");

    public static DaprError TerminateWorkflow(string id, WorkflowException e) => e.Fault == WorkflowFault.NoSuchInstance
        ? WorkflowNotFound(id)
        : new(500, "ERR_TERMINATE_WORKFLOW", $"error terminating workflow '{id}': failed to terminate workflow {id}: failed to submit termination request:: {e.Cause}");

    public static DaprError PauseWorkflow(string id, WorkflowException e) =>
        new(500, "ERR_PAUSE_WORKFLOW", $"error pausing workflow {id}: failed to pause workflow {id}: failed to suspend workflow: {e.Cause}");

    public static DaprError ResumeWorkflow(string id, WorkflowException e) =>
        new(500, "ERR_RESUME_WORKFLOW", $"error resuming workflow {id}: failed to resume workflow {id}: failed to resume workflow: {e.Cause}");

    public static DaprError PurgeWorkflow(string id, WorkflowException e) => e.Fault == WorkflowFault.NoSuchInstance
        ? WorkflowNotFound(id)
        : new(500, "ERR_PURGE_WORKFLOW", $"error purging workflow {id}: failed to Purge workflow {id}: failed to purge workflow state: {e.Cause}");
}
