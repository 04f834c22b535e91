namespace Resort.Tests.Sdk.Workflow.Replay;

public class TimerTests
{
    [Fact]
    public void A_timer_is_asked_for_and_waited_on()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1.5));
            return context.CurrentUtcDateTime;
        });

        var timer = instance.Start();
        timer.Response.Actions[0].CreateTimer.FireAt.ToDateTime().Should().Be(ReplayedInstance.Noon.AddSeconds(1.5));
        timer.Response.Actions[0].CreateTimer.CreateTimer.Should().NotBeNull();
        instance.Fire(0).ShouldComplete("\"2026-01-02T12:01:00Z\"");
    }

    [Fact]
    public void A_race_is_decided_by_the_order_in_the_history()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            var work = context.CallActivityAsync("Work");
            var timer = context.CreateTimer(TimeSpan.FromMinutes(5));
            var winner = await Task.WhenAny(work, timer) == work ? "work" : "timer";
            await context.CallActivityAsync("Report", winner);
            return winner;
        });

        instance.Start().ShouldAsk("0 activity Work", "1 timer 12:05:00");
        instance.Fire(1).ShouldAsk("2 activity Report");
        instance.Complete(0, "").ShouldAsk();
        instance.Complete(2, "").ShouldComplete("\"timer\"");
    }

    [Fact]
    public void Cancelling_ends_the_wait_and_leaves_the_timer()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromMinutes(5), cancel.Token);
            await context.CallActivityAsync("Work");
            cancel.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (TaskCanceledException)
            {
                await context.CallActivityAsync("After");
                return "cancelled";
            }
        });

        instance.Start().ShouldAsk("0 timer 12:05:00", "1 activity Work");
        instance.Complete(1, "").ShouldAsk("2 activity After");
        instance.Fire(0).ShouldAsk();
        instance.Complete(2, "").ShouldComplete("\"cancelled\"");
    }

    [Fact]
    public void A_time_that_is_not_utc_is_refused()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CreateTimer(new DateTime(2026, 1, 3, 0, 0, 0, DateTimeKind.Local), CancellationToken.None);
            return 0;
        });

        instance.Start().ShouldFail().ErrorMessage.Should().Contain("UTC");
    }
}
