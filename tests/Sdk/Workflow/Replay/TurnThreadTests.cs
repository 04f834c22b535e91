using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Replay;

/// <summary>Workflow code stays on its turn; what leaves it fails the workflow instead of hanging it.</summary>
public class TurnThreadTests
{
    [Fact]
    public void Everything_runs_on_the_calling_thread()
    {
        var threads = new HashSet<int>();
        var instance = ReplayedInstance.Of(async context =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                await context.CallActivityAsync($"A{i}");
                threads.Add(Environment.CurrentManagedThreadId);
            }));
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            return 0;
        });

        instance.Start();
        for (var id = 0; id < 19; id++)
            instance.Complete(id, "").ShouldAsk();
        instance.Complete(19, "").ShouldComplete("0");
        threads.Should().Equal(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void A_deep_chain_of_calls_does_not_leave_the_thread()
    {
        var instance = ReplayedInstance.Of(context => DeepAsync(context, 20_000));

        instance.Start();
        instance.Complete(0, "").ShouldComplete("20000");

        static async Task<int> DeepAsync(WorkflowContext context, int depth)
        {
            if (depth > 0)
                return await DeepAsync(context, depth - 1) + 1;
            await context.CallActivityAsync("A");
            return 0;
        }
    }

    [Fact]
    public void Waiting_for_something_else_fails_the_workflow() =>
        ReplayedInstance.Of(async _ =>
        {
            await Task.Delay(TimeSpan.FromHours(1), CancellationToken.None);
            return 0;
        }).Start().ShouldFail().ErrorMessage.Should().Contain("only tasks of its context");

    [Fact]
    public void Leaving_by_ConfigureAwait_fails_the_workflow()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CallActivityAsync("A").ConfigureAwait(false);
            await context.CallActivityAsync("B");
            return 0;
        });

        instance.Start();
        var answer = instance.Complete(0, "");
        answer.Calls.Should().BeEmpty();
        answer.ShouldFail().ErrorMessage.Should().Contain("ConfigureAwait(false)");
    }

    [Fact]
    public async Task The_context_is_of_no_use_after_its_turn()
    {
        WorkflowContext? kept = null;
        ReplayedInstance.Of(context =>
        {
            kept = context;
            return Task.FromResult(0);
        }).Start();

        var call = () => kept!.CallActivityAsync("A");
        (await call.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*outside of its turn*");
    }

    [Fact]
    public void The_caller_keeps_its_own_synchronization_context()
    {
        var own = new SynchronizationContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(own);
        try
        {
            ReplayedInstance.Of(_ => Task.FromResult(0)).Start();
            SynchronizationContext.Current.Should().BeSameAs(own);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
