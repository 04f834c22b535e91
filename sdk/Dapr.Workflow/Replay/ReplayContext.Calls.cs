using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Replay;

/// <summary>Activities, child workflows and their retries; events to other instances.</summary>
internal sealed partial class ReplayContext
{
    public override async Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var data = Serialize(input);
        var router = Router(options);
        var firstKey = ids.TaskExecutionId(Tasks.NextId, name);
        return await RetryAsync<T>(options?.RetryPolicy, Attempt, timer => timer.ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = firstKey });

        ScheduledTask Attempt() => Schedule(new WorkflowAction
        {
            ScheduleTask = new ScheduleTaskAction { Name = name, Input = data, TaskExecutionId = ids.TaskExecutionId(Tasks.NextId, name) },
            Router = router,
        });
    }

    public override async Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowName);
        var data = Serialize(input);
        var router = Router(options);
        // The official SDK uses up one id here, so the ids of the attempts begin with the next.
        var firstId = options?.RetryPolicy is null ? null : options.InstanceId ?? NewGuid().ToString();
        return await RetryAsync<TResult>(
            options?.RetryPolicy, Attempt, timer => timer.ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = firstId });

        ScheduledTask Attempt() => Schedule(new WorkflowAction
        {
            CreateChildWorkflow = new CreateChildWorkflowAction
            {
                InstanceId = options?.InstanceId ?? NewGuid().ToString(),
                Name = workflowName,
                Input = data,
            },
            Router = router,
        });
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        Schedule(new WorkflowAction
        {
            SendEvent = new SendEventAction
            {
                Instance = new WorkflowInstance { InstanceId = instanceId },
                Name = eventName,
                Data = Serialize(payload),
            },
        }).Complete(null);
    }

    private async Task<T> RetryAsync<T>(WorkflowRetryPolicy? policy, Func<ScheduledTask> attempt, Action<CreateTimerAction> setOrigin)
    {
        var start = now;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return serializer.Deserialize<T>(await attempt().Result)!;
            }
            catch (WorkflowTaskFailedException) when (policy?.AllowsAnotherAttempt(attempts, now - start) == true)
            {
                // waits below and tries again
            }

            await ScheduleTimer(After(policy.DelayAfter(attempts)), setOrigin).Result;
        }
    }

    private TaskRouter? Router(WorkflowTaskOptions? options)
    {
        if (options?.TargetAppId is not { } target)
            return null;
        if (AppId is null)
            throw new InvalidOperationException($"A call to app '{target}' needs the id of this app, which the sidecar does not give to workflows.");
        return new TaskRouter { SourceAppID = AppId, TargetAppID = target };
    }
}
