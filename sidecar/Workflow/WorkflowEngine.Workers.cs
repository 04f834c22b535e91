using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow;

/// <summary>What workers ask for: they connect, and answer turns and activities.</summary>
internal sealed partial class WorkflowEngine
{
    /// <summary>How many workers are connected.</summary>
    public int ConnectedWorkers => work.Workers;

    /// <summary>A worker opened its stream; its code may be able to do what the others could not.</summary>
    public Worker Connect()
    {
        string[] waiting;
        lock (stalled)
        {
            waiting = [.. stalled];
            stalled.Clear();
        }
        foreach (var id in waiting) Change(id, instance => instance.Retry());
        return work.Connect();
    }

    /// <summary>A worker's stream ended: what it had goes to the others.</summary>
    public void Disconnect(Worker worker) => work.Disconnect(worker);

    /// <summary>A worker answers a turn. The task completes when the result is on disk. An answer that nobody waits for is no error.</summary>
    public Task CompleteTurnAsync(WorkflowResponse response) =>
        work.Take(new WorkKey(response.InstanceId, null), response.CompletionToken) is TurnItem item
            ? Change(response.InstanceId, instance => instance.CompleteTurn(item, response))
            : Task.CompletedTask;

    /// <inheritdoc cref="CompleteTurnAsync"/>
    public Task CompleteActivityAsync(ActivityResponse response) =>
        work.Take(new WorkKey(response.InstanceId, response.TaskId), response.CompletionToken) is ActivityItem item
            ? Change(response.InstanceId, instance => instance.CompleteActivity(item, response))
            : Task.CompletedTask;
}
