using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Engine;

public class WaitTests
{
    [Fact]
    public async Task A_timer_fires_not_before_its_time()
    {
        await using var app = await WorkflowApp.StartAsync<object?, TimeSpan>(async (context, _) =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(150));
            return context.CurrentUtcDateTime - start;
        });

        (await app.RunAsync()).ReadOutputAs<TimeSpan>()
            .Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(150)).And.BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static Task<WorkflowApp> RaceAsync(TimeSpan patience) => WorkflowApp.StartAsync<object?, string>(async (context, _) =>
    {
        try
        {
            return "paid " + await context.WaitForExternalEventAsync<int>("Deposit", patience);
        }
        catch (TaskCanceledException)
        {
            return "expired";
        }
    });

    [Fact]
    public async Task An_event_beats_a_late_timer()
    {
        await using var app = await RaceAsync(TimeSpan.FromHours(1));
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        await app.Client.RaiseEventAsync(id, "deposit", 500);
        (await app.EndAsync(id)).ReadOutputAs<string>().Should().Be("paid 500");
    }

    [Fact]
    public async Task A_timer_beats_an_event_that_does_not_come()
    {
        await using var app = await RaceAsync(TimeSpan.FromMilliseconds(100));

        (await app.RunAsync()).ReadOutputAs<string>().Should().Be("expired");
    }

    [Fact]
    public async Task Events_that_come_early_wait_for_the_code()
    {
        var go = new TaskCompletionSource();
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterActivity<object?, object?>("Work", async (_, _) =>
            {
                await go.Task;
                return null;
            });
            options.RegisterWorkflow<object?, string>("Saga", async (context, _) =>
            {
                await context.CallActivityAsync("Work");
                return await context.WaitForExternalEventAsync<string>("E") + await context.WaitForExternalEventAsync<string>("e");
            });
        });
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        await app.Client.RaiseEventAsync(id, "e", "1");
        await app.Client.RaiseEventAsync(id, "E", "2");
        go.SetResult();
        (await app.EndAsync(id)).ReadOutputAs<string>().Should().Be("12");
    }

    [Fact]
    public async Task A_start_in_the_future_waits_for_it()
    {
        await using var app = await WorkflowApp.StartAsync<object?, DateTime>((context, _) => Task.FromResult(context.CurrentUtcDateTime));
        var moment = TimeProvider.System.GetUtcNow().AddMilliseconds(300);

        var id = await app.Client.ScheduleNewWorkflowAsync("Saga", null, null, moment);
        (await app.Client.GetWorkflowStateAsync(id)).RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Pending);
        (await app.EndAsync(id)).ReadOutputAs<DateTime>().Should().BeOnOrAfter(moment.UtcDateTime);
    }

    [Fact]
    public async Task Continuing_as_new_keeps_events_that_nobody_took()
    {
        await using var app = await WorkflowApp.StartAsync<int, int>(async (context, sum) =>
        {
            var next = await context.WaitForExternalEventAsync<int>("Add");
            if (next == 0)
                return sum;
            context.ContinueAsNew(sum + next);
            return 0;
        });
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga", null, 0);

        foreach (var number in new[] { 1, 2, 3, 4, 0 })
            await app.Client.RaiseEventAsync(id, "Add", number);
        (await app.EndAsync(id)).ReadOutputAs<int>().Should().Be(10);
    }

    [Fact]
    public async Task An_instance_can_send_an_event_to_another()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterWorkflow<object?, string>("Saga", (context, _) => context.WaitForExternalEventAsync<string>("Hello"));
            options.RegisterWorkflow<string, object?>("Sender", (context, other) =>
            {
                context.SendEvent(other, "hello", "from the other");
                return Task.FromResult<object?>(null);
            });
        });
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        await app.Client.ScheduleNewWorkflowAsync("Sender", null, id);
        (await app.EndAsync(id)).ReadOutputAs<string>().Should().Be("from the other");
    }
}
