extern alias workflow;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Replay;

/// <summary>What a turn answered.</summary>
internal sealed class Answer(WorkflowResponse response)
{
    public WorkflowResponse Response => response;

    /// <summary>The calls in a few words: <c>0 activity Hold</c>, <c>1 timer 12:05:00</c>.</summary>
    public IEnumerable<string> Calls => response.Actions.Select(Describe).OfType<string>();

    public CompleteWorkflowAction? End => response.Actions.SingleOrDefault(action => action.CompleteWorkflow is not null)?.CompleteWorkflow;

    /// <summary>Says that the workflow goes on, with exactly these new calls.</summary>
    public void ShouldAsk(params string[] calls)
    {
        End.Should().BeNull();
        Calls.Should().Equal(calls);
    }

    public void ShouldComplete(string result)
    {
        (End?.WorkflowStatus, End?.FailureDetails?.ErrorMessage).Should().Be((OrchestrationStatus.Completed, null));
        End!.Result.Should().Be(result);
    }

    public TaskFailureDetails ShouldFail()
    {
        End?.WorkflowStatus.Should().Be(OrchestrationStatus.Failed);
        return End!.FailureDetails;
    }

    private static string? Describe(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => $"{action.Id} activity {action.ScheduleTask.Name}",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => $"{action.Id} timer {action.CreateTimer.FireAt.ToDateTime():HH:mm:ss}",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => $"{action.Id} child {action.CreateChildWorkflow.Name}",
        WorkflowAction.WorkflowActionTypeOneofCase.SendEvent => $"{action.Id} event {action.SendEvent.Name}",
        _ => null,
    };
}
