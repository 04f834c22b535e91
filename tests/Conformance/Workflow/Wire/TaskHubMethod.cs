using Dapr.DurableTask.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Workflow.Protobuf;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>A method that scenarios call: its path and its messages.</summary>
internal sealed record TaskHubMethod(string Path, MessageDescriptor Request, MessageDescriptor Response)
{
    private const string DaprService = "dapr.proto.runtime.v1.Dapr/";

    private static readonly Dictionary<string, (MessageDescriptor Request, MessageDescriptor Response)> messages = new()
    {
        ["CompleteOrchestratorTask"] = (WorkflowResponse.Descriptor, CompleteTaskResponse.Descriptor),
        ["CompleteWorkflowTask"] = (WorkflowResponse.Descriptor, CompleteTaskResponse.Descriptor),
        ["CompleteActivityTask"] = (ActivityResponse.Descriptor, CompleteTaskResponse.Descriptor),
        ["StartInstance"] = (CreateInstanceRequest.Descriptor, CreateInstanceResponse.Descriptor),
        ["GetInstance"] = (GetInstanceRequest.Descriptor, GetInstanceResponse.Descriptor),
        ["WaitForInstanceStart"] = (GetInstanceRequest.Descriptor, GetInstanceResponse.Descriptor),
        ["WaitForInstanceCompletion"] = (GetInstanceRequest.Descriptor, GetInstanceResponse.Descriptor),
        ["RaiseEvent"] = (RaiseEventRequest.Descriptor, RaiseEventResponse.Descriptor),
        ["TerminateInstance"] = (TerminateRequest.Descriptor, TerminateResponse.Descriptor),
        ["SuspendInstance"] = (SuspendRequest.Descriptor, SuspendResponse.Descriptor),
        ["ResumeInstance"] = (ResumeRequest.Descriptor, ResumeResponse.Descriptor),
        ["PurgeInstances"] = (PurgeInstancesRequest.Descriptor, PurgeInstancesResponse.Descriptor),
        ["RerunWorkflowFromEvent"] = (RerunWorkflowFromEventRequest.Descriptor, RerunWorkflowFromEventResponse.Descriptor),
        ["ListInstanceIDs"] = (ListInstanceIDsRequest.Descriptor, ListInstanceIDsResponse.Descriptor),
        ["GetInstanceHistory"] = (GetInstanceHistoryRequest.Descriptor, GetInstanceHistoryResponse.Descriptor),
        [DaprService + "StartWorkflow"] = (StartWorkflowRequest.Descriptor, StartWorkflowResponse.Descriptor),
        [DaprService + "GetWorkflow"] = (WorkflowRequestById.Descriptor, GetWorkflowResponse.Descriptor),
        [DaprService + "RaiseEventWorkflow"] = (RaiseEventWorkflowRequest.Descriptor, Empty.Descriptor),
        [DaprService + "TerminateWorkflow"] = (WorkflowRequestById.Descriptor, Empty.Descriptor),
        [DaprService + "PauseWorkflow"] = (WorkflowRequestById.Descriptor, Empty.Descriptor),
        [DaprService + "ResumeWorkflow"] = (WorkflowRequestById.Descriptor, Empty.Descriptor),
        [DaprService + "PurgeWorkflow"] = (WorkflowRequestById.Descriptor, Empty.Descriptor),
    };

    /// <summary>The method of a name as recordings have it; one that nobody knows is called with empty messages.</summary>
    public static TaskHubMethod Find(string name)
    {
        var known = name.StartsWith(DaprService, StringComparison.Ordinal) ? name.Replace("Beta1", "", StringComparison.Ordinal).Replace("Alpha1", "", StringComparison.Ordinal) : name;
        var (request, response) = messages.GetValueOrDefault(known, (Empty.Descriptor, Empty.Descriptor));
        return new TaskHubMethod(name.Contains('/', StringComparison.Ordinal) ? $"/{name}" : $"/TaskHubSidecarService/{name}", request, response);
    }
}
