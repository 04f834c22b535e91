using Resort.Sidecar.Workflow.Instances;

namespace Resort.Tests.Sidecar.Workflow;

public sealed class AlarmClockTests : IDisposable
{
    private readonly SteppedClock time = new();
    private readonly List<string> rung = [];
    private readonly AlarmClock alarms;

    public AlarmClockTests() => alarms = new AlarmClock(time, rung.Add);

    [Fact]
    public void It_rings_in_the_order_of_the_times_and_never_early()
    {
        alarms.Set("later", In(TimeSpan.FromHours(2)));
        alarms.Set("sooner", In(TimeSpan.FromHours(1)));

        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        rung.Should().BeEmpty();
        time.Advance(TimeSpan.FromTicks(1) + TimeSpan.FromMilliseconds(1));
        rung.Should().Equal("sooner");
        time.Advance(TimeSpan.FromHours(1));
        rung.Should().Equal("sooner", "later");
    }

    [Fact]
    public void A_new_time_replaces_the_old_one_and_null_takes_it_away()
    {
        alarms.Set("a", In(TimeSpan.FromSeconds(1)));
        alarms.Set("b", In(TimeSpan.FromSeconds(1)));
        alarms.Set("a", In(TimeSpan.FromSeconds(5)));
        alarms.Set("b", null);
        time.Advance(TimeSpan.FromSeconds(4));
        rung.Should().BeEmpty();
        time.Advance(TimeSpan.FromSeconds(2));
        rung.Should().Equal("a");
    }

    [Fact]
    public void The_end_of_time_and_a_year_from_now_are_times_like_others()
    {
        alarms.Set("never", DateTime.MaxValue.Ticks);
        alarms.Set("next year", In(TimeSpan.FromDays(365)));
        time.Advance(TimeSpan.FromDays(364));
        rung.Should().BeEmpty();
        time.Advance(TimeSpan.FromDays(2));
        rung.Should().Equal("next year");
    }

    [Fact]
    public async Task What_is_past_rings_at_once()
    {
        alarms.Set("past", 0);
        await Probe.UntilAsync("the alarm", () => rung is ["past"]);
    }

    public void Dispose() => alarms.Dispose();

    private long In(TimeSpan delay) => (time.GetUtcNow() + delay).UtcTicks;
}
