using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <summary>The context of an activity, from its work item.</summary>
internal sealed class ActivityCall(ActivityRequest request) : WorkflowActivityContext
{
    public override TaskIdentifier Identifier { get; } = request.Name;

    // Workers of other SDKs give their calls no key.
    public override string TaskExecutionKey { get; } =
        request.TaskExecutionId.Length > 0 ? request.TaskExecutionId : request.TaskId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string InstanceId { get; } = request.WorkflowInstance?.InstanceId ?? "";
}
