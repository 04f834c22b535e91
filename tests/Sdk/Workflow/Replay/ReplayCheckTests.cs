extern alias workflow;
using workflow::Dapr.DurableTask.Protobuf;
using workflow::Dapr.Workflow.Replay;

namespace Resort.Tests.Sdk.Workflow.Replay;

/// <summary>Code that no longer does what its history says fails, and says where.</summary>
public class ReplayCheckTests
{
    private static ReplayedInstance Started()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CallActivityAsync("Hold");
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            await context.CallChildWorkflowAsync("Refund");
            return 0;
        });
        instance.Start();
        instance.Complete(0, "");
        return instance;
    }

    private static void ShouldMismatch(Answer answer, params string[] words)
    {
        answer.Calls.Should().BeEmpty();
        var failure = answer.ShouldFail();
        failure.ErrorType.Should().Be(typeof(NonDeterminismException).FullName);
        failure.ErrorMessage.Should().ContainAll(["Saga", "i1", .. words]);
    }

    [Fact]
    public void Another_activity() => ShouldMismatch(
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("Charge");
            return 0;
        }).Fire(1), "call 0", "activity 'Hold'", "activity 'Charge'");

    [Fact]
    public void Another_kind() => ShouldMismatch(
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("Hold");
            await context.CallActivityAsync("Pause");
            return 0;
        }).Fire(1), "call 1", "a timer", "activity 'Pause'");

    [Fact]
    public void Another_child()
    {
        var instance = Started();
        instance.Fire(1).ShouldAsk("2 child Refund");
        ShouldMismatch(
            instance.Deploy(async context =>
            {
                await context.CallActivityAsync("Hold");
                await context.CreateTimer(TimeSpan.FromMinutes(1));
                await context.CallChildWorkflowAsync("Void");
                return 0;
            }).CompleteChild(2, ""), "call 2", "child workflow 'Refund'", "child workflow 'Void'");
    }

    [Fact]
    public void A_call_too_few() => ShouldMismatch(
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("Hold");
            return 0;
        }).Fire(1), "call 1", "a timer", "only 1 call");

    [Fact]
    public void A_call_in_between() => ShouldMismatch(
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("Check");
            await context.CallActivityAsync("Hold");
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            return 0;
        }).Fire(1), "call 0", "'Hold'", "'Check'");

    [Fact]
    public void A_call_of_an_impossible_number()
    {
        var instance = Started();
        instance.Record(new HistoryEvent { EventId = -3, TimerCreated = new TimerCreatedEvent() });
        ShouldMismatch(instance.Fire(1), "call -3", "a timer");
    }

    [Fact]
    public void An_event_that_is_no_longer_sent()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            context.SendEvent("other", "Paid", 1);
            await context.CallActivityAsync("A");
            return 0;
        });
        instance.Start();
        ShouldMismatch(
            instance.Deploy(async context =>
            {
                await context.CallActivityAsync("A");
                return 0;
            }).Turn(), "call 0", "sending event 'Paid'", "activity 'A'");
    }

    [Fact]
    public void A_name_in_another_case_is_the_same() =>
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("HOLD");
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            return 0;
        }).Fire(1).ShouldComplete("0");

    [Fact]
    public void Calls_added_behind_the_history_are_fine() =>
        Started().Deploy(async context =>
        {
            await context.CallActivityAsync("Hold");
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            await context.CallActivityAsync("New");
            return 0;
        }).Fire(1).ShouldAsk("2 activity New");

    [Fact]
    public void A_change_behind_a_patch_is_fine()
    {
        var instance = Started().Deploy(async context =>
        {
            if (context.IsPatched("check-first"))
                await context.CallActivityAsync("Check");
            await context.CallActivityAsync("Hold");
            await context.CreateTimer(TimeSpan.FromMinutes(1));
            return 0;
        });

        instance.Fire(1).ShouldComplete("0");
    }

    [Fact]
    public void A_history_without_the_timer_of_an_endless_wait_is_fine()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            var raised = context.WaitForExternalEventAsync<int>("E");
            await context.CallActivityAsync("A");
            await context.CallActivityAsync("B");
            return await raised;
        });
        instance.Start();
        instance.Complete(0, "");

        instance.Deploy(async context =>
        {
            var raised = context.WaitForExternalEventAsync<int>("E", Timeout.InfiniteTimeSpan);
            await context.CallActivityAsync("A");
            await context.CallActivityAsync("B");
            return await raised;
        });
        instance.Complete(1, "").ShouldAsk();
        instance.Raise("E", "5").ShouldComplete("5");
    }
}
