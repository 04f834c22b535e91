using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Engine;

/// <summary>A booking with everything a saga needs: retries, compensation in reverse order, a child that refunds.</summary>
public class SagaTests
{
    private sealed record Booking(string Id, int Amount);

    private sealed record Outcome(string Status, string? Reason = null);

    private sealed class BookingSaga : Workflow<Booking, Outcome>
    {
        private static readonly WorkflowTaskOptions threeTimes = new(new WorkflowRetryPolicy(3, TimeSpan.FromMilliseconds(20), 2));

        public override async Task<Outcome> RunAsync(WorkflowContext context, Booking input)
        {
            var undo = new Stack<Func<Task>>();
            try
            {
                undo.Push(() => context.CallActivityAsync("Do", $"release {input.Id}"));
                await context.CallActivityAsync("Do", $"hold {input.Id}");
                undo.Push(() => context.CallChildWorkflowAsync("Refund", input));
                await context.CallActivityAsync("Charge", input, threeTimes);
                context.SetCustomStatus("charged");
                await context.CallActivityAsync("Do", $"sell {input.Id}");
                return new Outcome("sold");
            }
            catch (WorkflowTaskFailedException failed)
            {
                foreach (var step in undo)
                    await step();
                return new Outcome("rejected", failed.FailureDetails.ErrorMessage);
            }
        }
    }

    private static Task<WorkflowApp> StartAsync(int failures) => WorkflowApp.StartAsync((options, app) =>
    {
        options.RegisterWorkflow<BookingSaga>();
        options.RegisterWorkflow<Booking, object?>("Refund", async (context, booking) =>
        {
            await context.CallActivityAsync("Do", $"refund {booking.Amount}");
            return null;
        });
        options.RegisterActivity<string, object?>("Do", (_, text) => Task.FromResult(app.Note(text)));
        var charges = 0;
        options.RegisterActivity<Booking, object?>("Charge", (_, booking) =>
        {
            app.Note($"charge {booking.Amount}");
            return ++charges > failures ? Task.FromResult<object?>(null) : throw new TimeoutException($"no answer {charges}");
        });
    });

    [Fact]
    public async Task It_goes_through_when_a_step_fails_less_often_than_it_is_tried()
    {
        await using var app = await StartAsync(failures: 2);

        var end = await app.EndAsync(await app.Client.ScheduleNewWorkflowAsync(nameof(BookingSaga), "b1", new Booking("b1", 500)));

        end.RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Completed);
        end.ReadOutputAs<Outcome>().Should().Be(new Outcome("sold"));
        end.ReadInputAs<Booking>().Should().Be(new Booking("b1", 500));
        end.ReadCustomStatusAs<string>().Should().Be("charged");
        app.Done.Should().Equal("hold b1", "charge 500", "charge 500", "charge 500", "sell b1");
    }

    [Fact]
    public async Task It_undoes_in_reverse_order_when_a_step_fails_for_good()
    {
        await using var app = await StartAsync(failures: 3);

        var end = await app.EndAsync(await app.Client.ScheduleNewWorkflowAsync(nameof(BookingSaga), "b1", new Booking("b1", 500)));

        end.RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Completed);
        end.ReadOutputAs<Outcome>().Should().Be(new Outcome("rejected", "no answer 3"));
        app.Done.Should().Equal("hold b1", "charge 500", "charge 500", "charge 500", "refund 500", "release b1");
    }

    [Fact]
    public async Task Many_run_side_by_side()
    {
        await using var app = await StartAsync(failures: 0);

        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            app.Client.ScheduleNewWorkflowAsync(nameof(BookingSaga), $"b{i}", new Booking($"b{i}", i))));
        var ends = await Task.WhenAll(ids.Select(app.EndAsync));

        ends.Should().OnlyContain(end => end.RuntimeStatus == WorkflowRuntimeStatus.Completed);
        app.Done.Should().HaveCount(600).And.OnlyHaveUniqueItems();
    }
}
