using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class RetryTests
{
    private static ReplayedInstance Retrying(WorkflowRetryPolicy policy) =>
        ReplayedInstance.Of(context => context.CallActivityAsync<string>("Charge", "card", new WorkflowTaskOptions(policy)));

    [Fact]
    public void A_failed_call_is_made_again_after_a_durable_timer()
    {
        var instance = Retrying(new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(5)));

        var first = instance.Start().Response.Actions[0].ScheduleTask;
        var wait = instance.Fail(0);
        wait.ShouldAsk("1 timer 12:01:05");
        wait.Response.Actions[0].CreateTimer.ActivityRetry.TaskExecutionId.Should().Be(first.TaskExecutionId);

        var second = instance.Fire(1);
        second.ShouldAsk("2 activity Charge");
        second.Response.Actions[0].ScheduleTask.TaskExecutionId.Should().NotBe(first.TaskExecutionId);
        second.Response.Actions[0].ScheduleTask.Input.Should().Be("\"card\"");
        instance.Complete(2, "\"paid\"").ShouldComplete("\"paid\"");
    }

    [Fact]
    public void Waits_grow_by_the_coefficient_up_to_the_cap()
    {
        var instance = Retrying(new WorkflowRetryPolicy(5, TimeSpan.FromSeconds(10), 3, TimeSpan.FromSeconds(40)));

        instance.Start();
        instance.Fail(0).ShouldAsk("1 timer 12:01:10");
        instance.Fire(1);
        instance.Fail(2).ShouldAsk("3 timer 12:03:30");
        instance.Fire(3);
        instance.Fail(4).ShouldAsk("5 timer 12:05:40");
    }

    [Fact]
    public void The_last_failure_is_thrown_when_the_attempts_are_used_up()
    {
        var instance = Retrying(new WorkflowRetryPolicy(2, TimeSpan.FromSeconds(1)));

        instance.Start();
        instance.Fail(0, "first");
        instance.Fire(1);
        instance.Fail(2, "second").ShouldFail().ErrorMessage.Should().Be("Task failed: second");
    }

    [Fact]
    public void The_last_failure_is_thrown_when_the_time_is_used_up()
    {
        var instance = Retrying(new WorkflowRetryPolicy(100, TimeSpan.FromSeconds(1), retryTimeout: TimeSpan.FromMinutes(3)));

        instance.Start();
        instance.Fail(0).ShouldAsk("1 timer 12:01:01");
        instance.Fire(1);
        instance.Fail(2, "late").ShouldFail().ErrorMessage.Should().Be("Task failed: late");
    }

    [Fact]
    public void What_is_no_failed_task_is_not_retried()
    {
        var instance = ReplayedInstance.Of(context =>
            context.CallActivityAsync<int>("Act", options: new WorkflowTaskOptions(new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(1)))));

        instance.Start();
        instance.Complete(0, "not a number").ShouldFail();
    }

    [Fact]
    public void A_wait_that_outgrows_the_calendar_stays_in_it()
    {
        var policy = new WorkflowRetryPolicy(1000, TimeSpan.FromHours(1), 1000, TimeSpan.MaxValue);

        policy.DelayAfter(900).Should().BeGreaterThan(TimeSpan.FromDays(300_000));
        (DateTime.UnixEpoch + policy.DelayAfter(900)).Should().BeBefore(DateTime.MaxValue);
    }

    [Fact]
    public void A_child_gets_a_new_id_for_each_attempt()
    {
        var instance = ReplayedInstance.Of(context =>
            context.CallChildWorkflowAsync<int>(
                "Child", options: new ChildWorkflowTaskOptions(RetryPolicy: new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(5)))));

        var first = instance.Start().Response.Actions[0].CreateChildWorkflow.InstanceId;
        var wait = instance.FailChild(0, "no");
        wait.ShouldAsk("1 timer 12:01:05");
        wait.Response.Actions[0].CreateTimer.ChildWorkflowRetry.InstanceId.Should().NotBeEmpty();
        instance.Fire(1).Response.Actions[0].CreateChildWorkflow.InstanceId.Should().NotBe(first);
    }

    [Theory]
    [InlineData(0, 1, 1, null, null)]
    [InlineData(1, 0, 1, null, null)]
    [InlineData(1, -1, 1, null, null)]
    [InlineData(1, 1, 0.9, null, null)]
    [InlineData(1, 1, double.NaN, null, null)]
    [InlineData(1, 5, 1, 4, null)]
    [InlineData(1, 5, 1, null, 4)]
    [InlineData(1, 3601, 1, null, null)]
    public void A_policy_that_makes_no_sense_is_refused(int attempts, int first, double coefficient, int? longest, int? timeout)
    {
        var create = () => new WorkflowRetryPolicy(attempts, TimeSpan.FromSeconds(first), coefficient, Seconds(longest), Seconds(timeout));
        create.Should().Throw<ArgumentOutOfRangeException>();

        static TimeSpan? Seconds(int? count) => count is { } given ? TimeSpan.FromSeconds(given) : null;
    }

    [Fact]
    public void A_policy_tells_what_it_was_made_of()
    {
        var policy = new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(1));

        (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout)
            .Should().Be((3, TimeSpan.FromSeconds(1), 1.0, null, Timeout.InfiniteTimeSpan));
    }
}
