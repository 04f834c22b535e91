using Dapr.Workflow;
using Resort.Tests.Sidecar;

namespace Resort.Tests.Sdk.Workflow.Engine;

public class CallTests
{
    [Fact]
    public async Task Activities_run_in_parallel_and_their_results_keep_their_order()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterActivity<int, int>("Square", async (_, number) =>
            {
                await Task.Yield();
                return number * number;
            });
            options.RegisterWorkflow<int, int[]>("Saga", (context, count) =>
                context.ProcessInParallelAsync(Enumerable.Range(0, count), number => context.CallActivityAsync<int>("Square", number), maxConcurrency: 20));
        });

        (await app.RunAsync(150)).ReadOutputAs<int[]>().Should().Equal(Enumerable.Range(0, 150).Select(number => number * number));
    }

    [Fact]
    public async Task Children_run_in_parallel_and_one_that_fails_says_why()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterWorkflow<int, int>(
                "Child", (_, number) => number < 3 ? Task.FromResult(number) : throw new InvalidDataException($"no {number}"));
            options.RegisterWorkflow<object?, string>("Saga", async (context, _) =>
            {
                var numbers = await Task.WhenAll(context.CallChildWorkflowAsync<int>("Child", 1), context.CallChildWorkflowAsync<int>("Child", 2));
                try
                {
                    await context.CallChildWorkflowAsync("Child", 3);
                    return "";
                }
                catch (WorkflowTaskFailedException failed)
                {
                    return $"{numbers[0]} {numbers[1]} {failed.FailureDetails}";
                }
            });
        });

        (await app.RunAsync()).ReadOutputAs<string>().Should().Be("1 2 System.IO.InvalidDataException: no 3");
    }

    [Fact]
    public async Task A_call_that_nobody_awaits_still_runs()
    {
        await using var app = await WorkflowApp.StartAsync<object?, string>((context, _) =>
        {
            _ = context.CallActivityAsync("Note", "sent");
            return Task.FromResult("done");
        });

        (await app.RunAsync()).ReadOutputAs<string>().Should().Be("done");
        await Probe.UntilAsync("the note", () => app.Done.Contains("sent"));
    }

    [Fact]
    public async Task An_exception_fails_the_instance_with_its_details()
    {
        await using var app = await WorkflowApp.StartAsync<object?, int>((_, _) => throw new InvalidDataException("bad"));

        var end = await app.RunAsync();
        (end.RuntimeStatus, end.IsWorkflowCompleted).Should().Be((WorkflowRuntimeStatus.Failed, true));
        (end.FailureDetails!.ErrorType, end.FailureDetails.ErrorMessage).Should().Be(("System.IO.InvalidDataException", "bad"));
        end.FailureDetails.StackTrace.Should().Contain(nameof(CallTests));
    }

    [Fact]
    public async Task An_unknown_workflow_fails()
    {
        await using var app = await WorkflowApp.StartAsync((_, _) => { });

        (await app.RunAsync()).FailureDetails!.ErrorType.Should().Be("WorkflowNotFound");
    }

    [Fact]
    public async Task Large_payloads_pass_both_ways()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterActivity<string, string>("Echo", (_, text) => Task.FromResult(text + "!"));
            options.RegisterWorkflow<string, string>("Saga", (context, text) => context.CallActivityAsync<string>("Echo", text));
        });
        var text = new string('한', 300_000);

        (await app.RunAsync(text)).ReadOutputAs<string>().Should().Be(text + "!");
    }

    [Fact]
    public async Task An_answer_beyond_the_sidecars_limit_fails_its_call()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterActivity<object?, string>("Much", (_, _) => Task.FromResult(new string('x', 5_000_000)));
            options.RegisterWorkflow<object?, string>("Saga", (context, _) => context.CallActivityAsync<string>("Much"));
        });

        (await app.RunAsync()).FailureDetails!.ErrorMessage.Should().Contain("ResourceExhausted");
    }
}
