using Dapr.DurableTask.Protobuf;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>The history events that actions become; each has the id of its action.</summary>
internal static class ActionEvents
{
    public static HistoryEvent TaskScheduled(this HistoryEvents make, WorkflowAction action)
    {
        var made = make.Own(action.Id);
        var asked = action.ScheduleTask;
        made.TaskScheduled = new TaskScheduledEvent { Name = asked.Name, Version = asked.Version, Input = asked.Input, TaskExecutionId = asked.TaskExecutionId };
        return made;
    }

    public static HistoryEvent TimerCreated(this HistoryEvents make, WorkflowAction action)
    {
        var made = make.Own(action.Id);
        var asked = action.CreateTimer;
        var timer = made.TimerCreated = new TimerCreatedEvent { FireAt = asked.FireAt };
        if (asked.HasName) timer.Name = asked.Name;
        switch (asked.OriginCase)
        {
            case CreateTimerAction.OriginOneofCase.CreateTimer: timer.CreateTimer = asked.CreateTimer; break;
            case CreateTimerAction.OriginOneofCase.ExternalEvent: timer.ExternalEvent = asked.ExternalEvent; break;
            case CreateTimerAction.OriginOneofCase.ActivityRetry: timer.ActivityRetry = asked.ActivityRetry; break;
            case CreateTimerAction.OriginOneofCase.ChildWorkflowRetry: timer.ChildWorkflowRetry = asked.ChildWorkflowRetry; break;
        }
        return made;
    }

    /// <summary>A child without an id gets its parent's, a colon and the action's id in four hexadecimal digits.</summary>
    public static HistoryEvent ChildCreated(this HistoryEvents make, WorkflowAction action, string parentId)
    {
        var made = make.Own(action.Id);
        var asked = action.CreateChildWorkflow;
        made.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent
        {
            InstanceId = asked.InstanceId.Length > 0 ? asked.InstanceId : $"{parentId}:{(ushort)action.Id:x4}",
            Name = asked.Name,
            Version = asked.Version,
            Input = asked.Input,
        };
        return made;
    }

    /// <summary>The begin of the child itself, which knows its parent.</summary>
    public static HistoryEvent ChildStarted(this HistoryEvents make, HistoryEvent created, string parentId, ExecutionStartedEvent parent)
    {
        var child = created.ChildWorkflowInstanceCreated;
        return make.RunStarted(child.InstanceId, child.Name, child.Input, version: child.Version, parent: new ParentInstanceInfo
        {
            TaskScheduledId = created.EventId,
            Name = parent.Name,
            WorkflowInstance = new WorkflowInstance { InstanceId = parentId, ExecutionId = parent.WorkflowInstance.ExecutionId },
            AppID = make.AppId,
        });
    }

    public static HistoryEvent EventSent(this HistoryEvents make, WorkflowAction action)
    {
        var made = make.Own(action.Id);
        made.EventSent = new EventSentEvent { InstanceId = action.SendEvent.Instance?.InstanceId ?? "", Name = action.SendEvent.Name, Input = action.SendEvent.Data };
        return made;
    }

    public static HistoryEvent DetachedCreated(this HistoryEvents make, WorkflowAction action)
    {
        var made = make.Own(action.Id);
        made.DetachedWorkflowInstanceCreated = new DetachedWorkflowInstanceCreatedEvent { InstanceId = action.CreateDetachedWorkflow.InstanceId };
        return made;
    }
}
