using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;

namespace Resort.Tests.Sidecar.Workflow;

public class TurnTests
{
    private readonly HistoryEvents make = new("shop", new SteppedClock());
    private readonly WorkflowRun run = new();

    [Fact]
    public void Actions_become_events_with_their_ids_behind_those_of_the_turn()
    {
        var result = Apply(Start(), Script.Task(0, "Hold"), Script.Task(7, "Charge"));

        Kinds(result).Should().Be("WorkflowStarted ExecutionStarted TaskScheduled TaskScheduled");
        result.History![2].EventId.Should().Be(0, "an id of zero is an id");
        result.History[3].Router.SourceAppID.Should().Be("shop");
        run.OpenTasks.Select(task => task.Key).Should().Equal(0, 7);
        run.Status.Should().Be(OrchestrationStatus.Running);
    }

    [Fact]
    public void An_id_counts_once_and_so_does_a_completion()
    {
        var result = Apply(Start(), Script.Task(1, "A"), Script.Task(1, "B"), Script.Complete(2, "first"), Script.Complete(3, "second"));

        Kinds(result).Should().Be("WorkflowStarted ExecutionStarted TaskScheduled ExecutionCompleted");
        run.Completed!.Result.Should().Be("first");
    }

    [Fact]
    public void An_answer_to_nothing_open_does_not_enter_the_history()
    {
        Apply(Start());
        Kinds(Apply([make.TurnStarted(), make.TaskAnswered(new ActivityResponse { TaskId = 5 }, "")])).Should().Be("WorkflowStarted");
    }

    [Fact]
    public void A_child_without_an_id_is_named_after_its_parent_and_knows_it()
    {
        var result = Apply(Start(), Script.Child(26, "Ship"));

        var message = result.Messages.Should().ContainSingle().Subject;
        message.InstanceId.Should().Be("order:001a");
        message.Event.ExecutionStarted.ParentInstance.WorkflowInstance.InstanceId.Should().Be("order");
        message.Event.ExecutionStarted.ParentInstance.TaskScheduledId.Should().Be(26);
    }

    [Fact]
    public void The_end_of_a_child_is_told_to_its_parent()
    {
        var parent = new ParentInstanceInfo { TaskScheduledId = 3, Name = "P", WorkflowInstance = new WorkflowInstance { InstanceId = "parent" }, AppID = "shop" };
        var result = Apply([make.TurnStarted(), make.RunStarted("order", "C", null, parent)], Script.Complete(1, "done"));

        var message = result.Messages.Should().ContainSingle().Subject;
        message.InstanceId.Should().Be("parent");
        message.Event.ChildWorkflowInstanceCompleted.Should().BeEquivalentTo(new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = 3, Result = "done" });
    }

    [Fact]
    public void Continue_as_new_forgets_everything_but_what_is_carried_over()
    {
        Apply(Start());
        var carried = make.Raised("late", "1");
        var continuation = Script.ContinueAsNew(1, "next");
        continuation.CompleteWorkflow.CarryoverEvents.Add(carried);

        var result = Apply([make.TurnStarted(), make.Raised("go", null)], Script.Task(5), continuation);

        result.History.Should().BeNull();
        result.NextRun!.Select(happened => happened.EventTypeCase.ToString()).Should().Equal("WorkflowStarted", "ExecutionStarted", "EventRaised");
        result.NextRun![1].ExecutionStarted.Input.Should().Be("next");
        result.NextRun[1].ExecutionStarted.Name.Should().Be("Order");
        result.Messages.Should().BeEmpty();
    }

    [Fact]
    public void A_termination_that_the_worker_passes_over_is_enforced_and_its_actions_are_dropped()
    {
        Apply(Start(), Script.Child(1, "C", "child"));
        var result = Apply([make.TurnStarted(), make.Terminated("enough", recurse: true)], Script.Task(2), Script.ContinueAsNew(3, "again"));

        Kinds(result).Should().Be("WorkflowStarted ExecutionTerminated ExecutionCompleted");
        run.Completed!.WorkflowStatus.Should().Be(OrchestrationStatus.Terminated);
        run.Completed.Result.Should().Be("enough");
        result.Messages.Should().ContainSingle("it goes on to the children").Which.InstanceId.Should().Be("child");
    }

    [Fact]
    public void A_worker_may_end_a_terminated_workflow_in_its_own_way()
    {
        Apply(Start());
        Apply([make.TurnStarted(), make.Terminated("theirs", recurse: false)], Script.Complete(1, "mine"));
        run.Completed!.Result.Should().Be("mine");
        run.Completed.WorkflowStatus.Should().Be(OrchestrationStatus.Completed);
    }

    [Fact]
    public void An_event_withdraws_the_deadline_of_its_wait_whatever_the_case_of_its_name()
    {
        Apply(Start(), Script.Timer(1, DateTimeOffset.MaxValue, "Paid"), Script.Timer(2, DateTimeOffset.MaxValue, "Paid"), Script.Timer(3, DateTimeOffset.MaxValue));
        Apply([make.TurnStarted(), make.Raised("pAID", null)]);
        run.OpenTimers.Select(timer => timer.Key).Should().Equal(2, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_cannot_be_served_fails_the_workflow(bool otherApp)
    {
        var action = otherApp ? Script.Task(1) : new WorkflowAction { Id = 1 };
        if (otherApp) action.Router = new TaskRouter { TargetAppID = "elsewhere" };

        Kinds(Apply(Start(), action, Script.Complete(2))).Should().Be("WorkflowStarted ExecutionStarted ExecutionCompleted");
        run.Completed!.WorkflowStatus.Should().Be(OrchestrationStatus.Failed);
        run.Completed.FailureDetails.ErrorType.Should().Be("WorkflowActionNotServed");
    }

    [Fact]
    public void Patches_that_do_not_continue_those_before_stall_the_workflow_and_leave_the_turn_undone()
    {
        Apply(Start(), new WorkflowVersion { Patches = { "a", "b" } });
        run.Patches.Should().Equal("a", "b");

        var result = Apply([make.TurnStarted(), make.Raised("go", null)], new WorkflowVersion { Patches = { "b" } });

        result.History.Should().BeNull();
        result.Stall!.ExecutionStalled.Description.Should().Be("Patch mismatch. History patches: [a, b], current patches: [b]. ");
    }

    private HistoryEvent[] Start() => [make.TurnStarted(), make.RunStarted("order", "Order", "in")];

    private TurnResult Apply(HistoryEvent[] events, params WorkflowAction[] actions) => new Turn(make, "order", run, events, new WorkflowResponse { Actions = { actions } }).Apply();

    private TurnResult Apply(HistoryEvent[] events, WorkflowVersion version) => new Turn(make, "order", run, events, new WorkflowResponse { Version = version }).Apply();

    private static string Kinds(TurnResult result) => string.Join(" ", result.History!.Select(happened => happened.EventTypeCase));
}
