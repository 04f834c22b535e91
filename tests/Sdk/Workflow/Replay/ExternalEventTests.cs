namespace Resort.Tests.Sdk.Workflow.Replay;

public class ExternalEventTests
{
    [Fact]
    public void An_event_is_found_in_any_case()
    {
        var instance = ReplayedInstance.Of(context => context.WaitForExternalEventAsync<int>("DepositReceived"));

        instance.Start().ShouldAsk();
        instance.Raise("Other", "1").ShouldAsk();
        instance.Raise("depositRECEIVED", "2").ShouldComplete("2");
    }

    [Fact]
    public void Events_that_come_before_the_wait_are_kept_in_their_order()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CallActivityAsync("Work");
            return await context.WaitForExternalEventAsync<int>("E") * 10 + await context.WaitForExternalEventAsync<int>("E");
        });

        instance.Turn(ReplayedInstance.Started(""), ReplayedInstance.Raised("E", "1"));
        instance.Raise("e", "2");
        instance.Complete(0, "").ShouldComplete("12");
    }

    [Fact]
    public void Waits_are_served_in_their_order()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            var numbers = await Task.WhenAll(context.WaitForExternalEventAsync<int>("E"), context.WaitForExternalEventAsync<int>("e"));
            return numbers[0] * 10 + numbers[1];
        });

        instance.Start();
        instance.Raise("E", "1").ShouldAsk();
        instance.Raise("E", "2").ShouldComplete("12");
    }

    [Fact]
    public void A_cancelled_wait_takes_no_event()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            using var cancel = new CancellationTokenSource();
            var given = context.WaitForExternalEventAsync<int>("E", cancel.Token);
            cancel.Cancel();
            var second = await context.WaitForExternalEventAsync<int>("E");
            return given.IsCanceled ? second : -1;
        });

        instance.Start();
        instance.Raise("E", "7").ShouldComplete("7");
    }

    [Fact]
    public void A_wait_with_a_token_that_is_already_cancelled_takes_no_event()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            var given = context.WaitForExternalEventAsync<int>("E", new CancellationToken(canceled: true));
            return given.IsCanceled ? await context.WaitForExternalEventAsync<int>("E") : -1;
        });

        instance.Turn(ReplayedInstance.Started(""), ReplayedInstance.Raised("E", "7")).ShouldComplete("7");
    }

    [Fact]
    public void A_wait_in_time_gets_the_event()
    {
        var instance = ReplayedInstance.Of(context => context.WaitForExternalEventAsync<int>("E", TimeSpan.FromMinutes(10)));

        var wait = instance.Start();
        wait.ShouldAsk("0 timer 12:10:00");
        wait.Response.Actions[0].CreateTimer.ExternalEvent.Name.Should().Be("E");
        instance.Raise("E", "7").ShouldComplete("7");
    }

    [Fact]
    public void A_wait_that_is_too_long_is_given_up_and_takes_no_later_event()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("E", TimeSpan.FromMinutes(10));
            }
            catch (TaskCanceledException)
            {
                await context.CallActivityAsync("Expire");
                return "expired, then " + await context.WaitForExternalEventAsync<string>("E");
            }
        });

        instance.Start();
        instance.Fire(0).ShouldAsk("1 activity Expire");
        instance.Raise("E", "\"late\"").ShouldAsk();
        instance.Complete(1, "").ShouldComplete("\"expired, then late\"");
    }

    [Fact]
    public void A_timeout_that_nobody_catches_fails_the_workflow_and_names_the_event()
    {
        var instance = ReplayedInstance.Of(context => context.WaitForExternalEventAsync<int>("Deposit", TimeSpan.FromMinutes(10)));

        instance.Start();
        var failure = instance.Fire(0).ShouldFail();
        failure.ErrorType.Should().Be(typeof(TaskCanceledException).FullName);
        failure.ErrorMessage.Should().Contain("Deposit");
    }

    [Fact]
    public void No_time_means_no_wait_and_no_timer()
    {
        var instance = ReplayedInstance.Of(context => context.WaitForExternalEventAsync<int>("E", TimeSpan.Zero));

        var answer = instance.Start();
        answer.Calls.Should().BeEmpty();
        answer.ShouldFail().ErrorType.Should().Be(typeof(TaskCanceledException).FullName);
    }

    [Fact]
    public void A_negative_time_waits_without_end()
    {
        var instance = ReplayedInstance.Of(context => context.WaitForExternalEventAsync<int>("E", Timeout.InfiniteTimeSpan));

        instance.Start().Response.Actions[0].CreateTimer.FireAt.ToDateTime().Year.Should().Be(9999);
        instance.Raise("E", "7").ShouldComplete("7");
    }

    [Fact]
    public void An_event_can_be_sent_to_another_instance()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            context.SendEvent("other", "Cancelled", new { reason = "guest" });
            await context.CallActivityAsync("Act");
            return 0;
        });

        var answer = instance.Start();
        answer.ShouldAsk("0 event Cancelled", "1 activity Act");
        var sent = answer.Response.Actions[0].SendEvent;
        (sent.Instance.InstanceId, sent.Data).Should().Be(("other", """{"reason":"guest"}"""));
        instance.Complete(1, "").ShouldComplete("0");
    }
}
