extern alias workflow;
using Dapr.Workflow;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class LifecycleTests
{
    private static ReplayedInstance TwoSteps() => ReplayedInstance.Of(async context =>
    {
        context.SetCustomStatus("first");
        var first = await context.CallActivityAsync<int>("A");
        context.SetCustomStatus("second");
        return first * 10 + await context.CallActivityAsync<int>("B");
    });

    [Fact]
    public void A_suspended_workflow_holds_what_comes_until_it_is_resumed()
    {
        var instance = TwoSteps();

        instance.Start();
        instance.Suspend().ShouldAsk();
        instance.Complete(0, "1").ShouldAsk();
        instance.Resume().ShouldAsk("1 activity B");
        instance.Complete(1, "2").ShouldComplete("12");
    }

    [Fact]
    public void What_came_before_the_suspension_in_one_turn_still_counts()
    {
        var instance = TwoSteps();

        instance.Start();
        instance.Turn(
            new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0, Result = "1" } },
            new HistoryEvent { ExecutionSuspended = new ExecutionSuspendedEvent() }).ShouldAsk("1 activity B");
        instance.Complete(1, "2").ShouldAsk();
        instance.Resume().ShouldComplete("12");
    }

    [Fact]
    public void Events_raised_while_suspended_keep_their_order()
    {
        var instance = ReplayedInstance.Of(async context =>
            await context.WaitForExternalEventAsync<int>("E") * 10 + await context.WaitForExternalEventAsync<int>("E"));

        instance.Start();
        instance.Suspend();
        instance.Raise("E", "1").ShouldAsk();
        instance.Raise("E", "2").ShouldAsk();
        instance.Resume().ShouldComplete("12");
    }

    [Fact]
    public void The_status_stays_while_suspended()
    {
        var instance = TwoSteps();

        instance.Start().Response.CustomStatus.Should().Be("\"first\"");
        instance.Suspend().Response.CustomStatus.Should().Be("\"first\"");
        instance.Complete(0, "1").Response.CustomStatus.Should().Be("\"first\"");
        instance.Resume().Response.CustomStatus.Should().Be("\"second\"");
    }

    [Fact]
    public void No_status_is_sent_when_none_was_set() =>
        ReplayedInstance.Of(_ => Task.FromResult(1)).Start().Response.CustomStatus.Should().BeNull();

    [Theory]
    [InlineData("\"why\"")]
    [InlineData("")]
    [InlineData(null)]
    public void A_terminated_workflow_ends_with_the_given_output_and_asks_for_nothing(string? output)
    {
        var instance = TwoSteps();

        instance.Start();
        var answer = instance.Terminate(output);
        answer.Calls.Should().BeEmpty();
        answer.End.Should().Be(new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Terminated, Result = output });
    }

    [Fact]
    public void A_suspended_workflow_can_be_terminated()
    {
        var instance = TwoSteps();

        instance.Start();
        instance.Suspend();
        instance.Terminate(null).End!.WorkflowStatus.Should().Be(OrchestrationStatus.Terminated);
    }

    [Fact]
    public void What_comes_after_the_termination_no_longer_counts()
    {
        var instance = TwoSteps();

        instance.Start();
        var answer = instance.Turn(
            new HistoryEvent { ExecutionTerminated = new ExecutionTerminatedEvent() },
            new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0, Result = "1" } });
        answer.Calls.Should().BeEmpty();
        answer.End!.WorkflowStatus.Should().Be(OrchestrationStatus.Terminated);
    }

    [Fact]
    public void An_end_before_the_termination_in_one_turn_stands()
    {
        var instance = ReplayedInstance.Of(context => context.CallActivityAsync<int>("A"));

        instance.Start();
        instance.Turn(
            new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0, Result = "1" } },
            new HistoryEvent { ExecutionTerminated = new ExecutionTerminatedEvent() }).ShouldComplete("1");
    }

    [Fact]
    public void An_exception_fails_the_workflow_with_its_type_message_and_place()
    {
        var failure = ReplayedInstance.Of<int>(_ => throw new InvalidDataException("bad")).Start().ShouldFail();

        (failure.ErrorType, failure.ErrorMessage).Should().Be(("System.IO.InvalidDataException", "bad"));
        failure.StackTrace.Should().Contain(nameof(LifecycleTests));
    }

    [Fact]
    public void Continuing_as_new_carries_input_and_unclaimed_events_and_drops_calls()
    {
        var instance = ReplayedInstance.Of<int, int>(async (context, round) =>
        {
            await context.WaitForExternalEventAsync<string>("Go");
            _ = context.CallActivityAsync("Dropped");
            context.ContinueAsNew(round + 1);
            return 0;
        });

        instance.Start("1");
        instance.Raise("Note", "\"a\"");
        var answer = instance.Turn(ReplayedInstance.Raised("go"), ReplayedInstance.Raised("Go", "\"b\""));
        answer.Calls.Should().BeEmpty();
        (answer.End!.WorkflowStatus, answer.End.Result).Should().Be((OrchestrationStatus.ContinuedAsNew, "2"));
        answer.End.CarryoverEvents.Select(carried => $"{carried.EventRaised.Name} {carried.EventRaised.Input}").Should().Equal("Note \"a\"", "Go \"b\"");
    }

    [Fact]
    public void Continuing_as_new_can_leave_events_behind()
    {
        var instance = ReplayedInstance.Of(context =>
        {
            context.ContinueAsNew(preserveUnprocessedEvents: false);
            return Task.FromResult(0);
        });

        instance.Turn(ReplayedInstance.Started(""), ReplayedInstance.Raised("E")).End!.CarryoverEvents.Should().BeEmpty();
    }

    [Fact]
    public void A_failure_after_ContinueAsNew_counts() =>
        ReplayedInstance.Of<int>(context =>
        {
            context.ContinueAsNew();
            throw new WorkflowTaskFailedException("no", new WorkflowTaskFailureDetails("T", "no"));
        }).Start().ShouldFail();
}
