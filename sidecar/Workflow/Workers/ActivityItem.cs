using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using WorkItemMessage = Dapr.DurableTask.Protobuf.WorkItem;

namespace Resort.Sidecar.Workflow.Workers;

/// <summary>One activity.</summary>
internal sealed class ActivityItem(string instanceId, long run, int taskId, TaskScheduledEvent task) : WorkItem(new WorkKey(instanceId, taskId), run)
{
    private readonly WorkItemMessage message = new()
    {
        ActivityRequest = new ActivityRequest
        {
            Name = task.Name,
            Version = task.Version,
            Input = task.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = instanceId },
            TaskId = taskId,
            TaskExecutionId = task.TaskExecutionId,
        },
    };

    public string TaskExecutionId => task.TaskExecutionId;

    public override int CalculateSize()
    {
        message.CompletionToken = Token;
        return message.CalculateSize();
    }

    public override void WriteTo(Span<byte> bytes) => message.WriteTo(bytes);
}
