using Dapr.DurableTask.Protobuf;
using ActionCase = Dapr.DurableTask.Protobuf.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Dapr.Workflow.Replay;

/// <summary>The calls of the workflow's code in their order; a call's place is its id. The history must confirm each as what it is.</summary>
internal sealed class ScheduledTasks(string workflow, string instanceId)
{
    private readonly List<ScheduledTask> tasks = [];

    public int NextId => tasks.Count;

    /// <summary>The calls that the history does not have yet.</summary>
    public IEnumerable<WorkflowAction> Unconfirmed => tasks.Where(task => !task.IsConfirmed).Select(task => task.Action);

    /// <summary>Whether a result is still to come.</summary>
    public bool AnyOpen => tasks.Exists(task => !task.Result.IsCompleted);

    public ScheduledTask Add(WorkflowAction action, bool isOptionalTimer = false)
    {
        action.Id = NextId;
        var task = new ScheduledTask(action) { IsOptionalTimer = isOptionalTimer };
        tasks.Add(task);
        return task;
    }

    /// <exception cref="NonDeterminismException">The code has not made this call.</exception>
    public void Confirm(int id, ActionCase kind, string? name)
    {
        if (Find(id) is { IsOptionalTimer: true } timer && !timer.Is(kind, name))
            Drop(id);
        if (Find(id) is not { } task)
            throw new NonDeterminismException(workflow, instanceId, id, ScheduledTask.Describe(kind, name), $"makes only {tasks.Count} calls up to there");
        if (!task.Is(kind, name))
            throw new NonDeterminismException(workflow, instanceId, id, ScheduledTask.Describe(kind, name), $"asks for {task.Description}");
        task.IsConfirmed = true;
    }

    /// <summary>The confirmed call with this id. A result for any other is a late one of the run before ContinueAsNew.</summary>
    public ScheduledTask? Confirmed(int id) => Find(id) is { IsConfirmed: true } task ? task : null;

    private ScheduledTask? Find(int id) => id >= 0 && id < tasks.Count ? tasks[id] : null;

    private void Drop(int id)
    {
        tasks.RemoveAt(id);
        for (var later = id; later < tasks.Count; later++)
            tasks[later].Action.Id = later;
    }
}
