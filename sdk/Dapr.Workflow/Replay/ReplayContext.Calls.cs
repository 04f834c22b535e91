using Dapr.DurableTask.Protobuf;
using Scope = Dapr.DurableTask.Protobuf.HistoryPropagationScope;

namespace Dapr.Workflow.Replay;

/// <summary>Activities, child workflows and their retries; events to other instances.</summary>
internal sealed partial class ReplayContext
{
    public override async Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var data = Serialize(input);
        var router = Router(options);
        ScheduledTask? first = null;
        return await RetryAsync<T>(
            options?.RetryPolicy, Attempt, timer => timer.ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = KeyOf(first!.Action) });

        ScheduledTask Attempt()
        {
            var action = new ScheduleTaskAction { Name = name, Input = data };
            if (PropagationScope(options) is { } scope)
                action.HistoryPropagationScope = scope;
            var task = Schedule(new WorkflowAction { ScheduleTask = action, Router = router });
            first ??= task;
            return task;
        }
    }

    public override async Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowName);
        var data = Serialize(input);
        var router = Router(options);
        // The official SDK uses up an id of its own here; the ids of the attempts come after it.
        var firstId = options?.RetryPolicy is null ? null : options.InstanceId ?? NewGuid().ToString();
        return await RetryAsync<TResult>(
            options?.RetryPolicy, Attempt, timer => timer.ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = firstId });

        ScheduledTask Attempt()
        {
            var action = new CreateChildWorkflowAction { InstanceId = options?.InstanceId ?? NewGuid().ToString(), Name = workflowName, Input = data };
            if (PropagationScope(options) is { } scope)
                action.HistoryPropagationScope = scope;
            return Schedule(new WorkflowAction { CreateChildWorkflow = action, Router = router });
        }
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        var action = new SendEventAction { Instance = new WorkflowInstance { InstanceId = instanceId }, Name = eventName, Data = Serialize(payload) };
        Schedule(new WorkflowAction { SendEvent = action }).Complete(null);
    }

    /// <summary>The calls to send. Hashing is the dearest part of a call, so only these get their key.</summary>
    public IEnumerable<WorkflowAction> NewCalls()
    {
        foreach (var action in Tasks.Unconfirmed)
        {
            if (action.ScheduleTask is { } activity)
                activity.TaskExecutionId = KeyOf(action);
            yield return action;
        }
    }

    private string KeyOf(WorkflowAction action) => ids.TaskExecutionId(action.Id, action.ScheduleTask.Name);

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
        if (string.IsNullOrEmpty(AppId))
            throw new InvalidOperationException($"A call to app '{target}' needs the id of this app, which the sidecar does not give to workflows.");
        return new TaskRouter { SourceAppID = AppId, TargetAppID = target };
    }

    private static Scope? PropagationScope(WorkflowTaskOptions? options) =>
        options is null or { PropagationScope: HistoryPropagationScope.None } ? null : (Scope)options.PropagationScope;
}
