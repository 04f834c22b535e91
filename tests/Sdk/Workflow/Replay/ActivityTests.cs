extern alias workflow;
using System.Text.Json;
using Dapr.Workflow;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class ActivityTests
{
    private sealed record Room(string Number, int Beds);

    [Fact]
    public void A_call_is_asked_for_once_and_its_result_read()
    {
        var instance = ReplayedInstance.Of<Room, int>(async (context, room) => (await context.CallActivityAsync<Room>("Hold", room)).Beds);

        var first = instance.Start("""{"number":"12","beds":2}""");
        first.ShouldAsk("0 activity Hold");
        first.Response.Actions[0].ScheduleTask.Input.Should().Be("""{"number":"12","beds":2}""");
        instance.Turn().ShouldAsk();
        instance.Complete(0, """{"number":"12","beds":3}""").ShouldComplete("3");
    }

    [Fact]
    public void No_input_and_no_result_are_empty_texts()
    {
        var instance = ReplayedInstance.Of<string?>(async context =>
        {
            await context.CallActivityAsync("Act");
            return null;
        });

        instance.Start().Response.Actions[0].ScheduleTask.Input.Should().Be("");
        instance.Complete(0, "").ShouldComplete("");
    }

    [Fact]
    public void A_missing_input_and_a_missing_result_of_a_value_type_are_its_default()
    {
        var instance = ReplayedInstance.Of<int, int>(async (context, input) => input + await context.CallActivityAsync<int>("Act"));

        instance.Start();
        instance.Complete(0, "").ShouldComplete("0");
    }

    [Fact]
    public void Parallel_calls_are_asked_for_together_and_may_end_in_any_order()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            var numbers = await Task.WhenAll(context.CallActivityAsync<int>("A"), context.CallActivityAsync<int>("B"), context.CallActivityAsync<int>("C"));
            return string.Join(",", numbers);
        });

        instance.Start().ShouldAsk("0 activity A", "1 activity B", "2 activity C");
        instance.Complete(2, "3").ShouldAsk();
        instance.Complete(0, "1").ShouldAsk();
        instance.Complete(1, "2").ShouldComplete("\"1,2,3\"");
    }

    [Fact]
    public void A_failed_call_throws_with_its_details()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            try
            {
                return await context.CallActivityAsync<string>("Charge");
            }
            catch (WorkflowTaskFailedException failed)
            {
                return $"{failed.Message} / {failed.FailureDetails} / {failed.FailureDetails.IsCausedBy<TimeoutException>()}";
            }
        });

        instance.Start();
        instance.Fail(0, "no answer").ShouldComplete("\"Task failed: no answer / System.TimeoutException: no answer / True\"");
    }

    [Fact]
    public void A_failure_that_nobody_catches_fails_the_workflow()
    {
        var instance = ReplayedInstance.Of(context => context.CallActivityAsync<string>("Charge"));

        instance.Start();
        var failure = instance.Fail(0, "no answer").ShouldFail();
        failure.ErrorType.Should().Be(typeof(WorkflowTaskFailedException).FullName);
        failure.ErrorMessage.Should().Be("Task failed: no answer");
        failure.IsNonRetriable.Should().BeTrue();
    }

    [Fact]
    public void Calls_that_nobody_awaits_go_out_beside_the_end()
    {
        var instance = ReplayedInstance.Of(context =>
        {
            _ = context.CallActivityAsync("Notify");
            return Task.FromResult("done");
        });

        var answer = instance.Start();
        answer.Calls.Should().Equal("0 activity Notify");
        answer.ShouldComplete("\"done\"");
    }

    [Fact]
    public void A_result_that_cannot_be_read_fails_the_workflow()
    {
        var instance = ReplayedInstance.Of(context => context.CallActivityAsync<int>("Act"));

        instance.Start();
        instance.Complete(0, "\"text\"").ShouldFail().ErrorType.Should().Be(typeof(JsonException).FullName);
    }

    [Fact]
    public void An_input_that_cannot_be_read_fails_the_workflow() =>
        ReplayedInstance.Of<int, int>((_, input) => Task.FromResult(input)).Start("{").ShouldFail().ErrorType.Should().Be(typeof(JsonException).FullName);

    [Fact]
    public void A_late_result_of_the_run_before_is_not_taken_for_a_new_call()
    {
        var instance = ReplayedInstance.Of(context => context.CallActivityAsync<int>("Act"));

        var stale = new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0, Result = "1" } };
        instance.Turn(ReplayedInstance.Started(""), stale).ShouldAsk("0 activity Act");
        instance.Complete(0, "2").ShouldComplete("2");
    }

    [Fact]
    public void A_second_result_of_the_same_call_changes_nothing()
    {
        var instance = ReplayedInstance.Of(async context => await context.CallActivityAsync<int>("A") + await context.CallActivityAsync<int>("B"));

        instance.Start();
        instance.Complete(0, "1").ShouldAsk("1 activity B");
        instance.Complete(0, "100").ShouldAsk();
        instance.Complete(1, "2").ShouldComplete("3");
    }

    [Fact]
    public void Another_app_is_addressed_from_this_one()
    {
        var instance = ReplayedInstance.Of(context => context.CallActivityAsync<int>("Act", options: new WorkflowTaskOptions(TargetAppId: "payment")));

        var router = instance.Start(router: new TaskRouter { SourceAppID = "reservation" }).Response.Actions[0].Router;
        router.Should().Be(new TaskRouter { SourceAppID = "reservation", TargetAppID = "payment" });
    }

    [Fact]
    public void Another_app_cannot_be_addressed_when_this_one_is_unknown() =>
        ReplayedInstance.Of(context => context.CallActivityAsync<int>("Act", options: new WorkflowTaskOptions(TargetAppId: "payment")))
            .Start().ShouldFail().ErrorMessage.Should().Contain("payment");
}
