using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class ParallelTests
{
    [Fact]
    public void A_window_slides_over_the_inputs_and_keeps_their_order()
    {
        var instance = ReplayedInstance.Of(context =>
            context.ProcessInParallelAsync([1, 2, 3, 4], number => context.CallActivityAsync<int>($"A{number}"), maxConcurrency: 2));

        instance.Start().ShouldAsk("0 activity A1", "1 activity A2");
        instance.Complete(1, "20").ShouldAsk("2 activity A3");
        instance.Complete(2, "30").ShouldAsk("3 activity A4");
        instance.Complete(0, "10").ShouldAsk();
        instance.Complete(3, "40").ShouldComplete("[10,20,30,40]");
    }

    [Fact]
    public void Failures_are_thrown_together_at_the_end()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            try
            {
                return (await context.ProcessInParallelAsync([1, 2, 3], number => context.CallActivityAsync<int>($"A{number}"))).Length;
            }
            catch (AggregateException failures)
            {
                return -failures.InnerExceptions.Count;
            }
        });

        instance.Start();
        instance.Fail(0).ShouldAsk();
        instance.Fail(2).ShouldAsk();
        instance.Complete(1, "1").ShouldComplete("-2");
    }

    [Fact]
    public void No_inputs_need_no_work() =>
        ReplayedInstance.Of(context => context.ProcessInParallelAsync(Array.Empty<int>(), Task.FromResult)).Start().ShouldComplete("[]");
}
