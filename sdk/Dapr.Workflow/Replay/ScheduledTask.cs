using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;
using ActionCase = Dapr.DurableTask.Protobuf.WorkflowAction.WorkflowActionTypeOneofCase;

namespace Dapr.Workflow.Replay;

/// <summary>One numbered call of the workflow's code: the action that asks for it, and the result as the history brings it.</summary>
internal sealed class ScheduledTask(WorkflowAction action)
{
    private readonly TaskCompletionSource<string?> result = new();

    public WorkflowAction Action { get; } = action;

    /// <summary>Whether the history has the event that came of the action; it is asked for until then.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>The result's text; for timers without meaning.</summary>
    public Task<string?> Result => result.Task;

    /// <summary>A timer that only marks a wait without end. Older histories do not have it.</summary>
    public bool IsOptionalTimer { get; init; }

    /// <summary>What the action asks for, in words.</summary>
    public string Description => Describe(Action.WorkflowActionTypeCase, Name);

    private string? Name => Action.WorkflowActionTypeCase switch
    {
        ActionCase.ScheduleTask => Action.ScheduleTask.Name,
        ActionCase.CreateChildWorkflow => Action.CreateChildWorkflow.Name,
        ActionCase.SendEvent => Action.SendEvent.Name,
        _ => null,
    };

    public static string Describe(ActionCase kind, string? name) => kind switch
    {
        ActionCase.ScheduleTask => $"activity '{name}'",
        ActionCase.CreateChildWorkflow => $"child workflow '{name}'",
        ActionCase.SendEvent => $"sending event '{name}'",
        _ => "a timer",
    };

    public bool Is(ActionCase kind, string? name) =>
        Action.WorkflowActionTypeCase == kind && string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    public void Complete(string? text) => result.TrySetResult(text);

    public void Fail(TaskFailureDetails? details)
    {
        var failure = details.ToPublic();
        result.TrySetException(new WorkflowTaskFailedException(
            Action.WorkflowActionTypeCase == ActionCase.CreateChildWorkflow ? $"Child workflow '{Name}' failed" : $"Task failed: {failure.ErrorMessage}",
            failure));
    }

    public void Cancel(CancellationToken token) => result.TrySetCanceled(token);
}
