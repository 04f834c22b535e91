using Dapr;
using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Engine;

public class ManagementTests
{
    private static Task<WorkflowApp> WaitingAsync() => WorkflowApp.StartAsync<object?, string>(async (context, _) =>
    {
        await context.CallActivityAsync("Note", "begun");
        var text = await context.WaitForExternalEventAsync<string>("Go");
        await context.CallActivityAsync("Note", text);
        return text;
    });

    [Fact]
    public async Task A_suspended_instance_holds_its_events()
    {
        await using var app = await WaitingAsync();
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        await app.Client.SuspendWorkflowAsync(id, "inventory");
        (await app.Client.GetWorkflowStateAsync(id)).RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Suspended);
        await app.Client.RaiseEventAsync(id, "Go", "gone");
        (await app.Client.GetWorkflowStateAsync(id)).RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Suspended);
        app.Done.Should().NotContain("gone");

        await app.Client.ResumeWorkflowAsync(id);
        (await app.EndAsync(id)).ReadOutputAs<string>().Should().Be("gone");
    }

    [Fact]
    public async Task A_terminated_instance_ends_with_its_children()
    {
        await using var app = await WorkflowApp.StartAsync((options, _) =>
        {
            options.RegisterWorkflow<object?, int>("Child", (context, _) => context.WaitForExternalEventAsync<int>("Never"));
            options.RegisterWorkflow<object?, int>("Saga", (context, _) =>
                context.CallChildWorkflowAsync<int>("Child", null, new ChildWorkflowTaskOptions($"{context.InstanceId}-child")));
        });
        await app.Client.ScheduleNewWorkflowAsync("Saga", "t1");
        await app.Client.WaitForWorkflowStartAsync("t1-child");

        await app.Client.TerminateWorkflowAsync("t1", new { reason = "closed" });
        var end = await app.EndAsync("t1");
        (end.RuntimeStatus, end.IsWorkflowCompleted).Should().Be((WorkflowRuntimeStatus.Terminated, true));
        end.ReadOutputAs<Dictionary<string, string>>().Should().Contain("reason", "closed");
        (await app.EndAsync("t1-child")).RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Terminated);
    }

    [Fact]
    public async Task A_purged_instance_is_gone_and_a_running_one_cannot_be_purged()
    {
        await using var app = await WaitingAsync();
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        var early = () => app.Client.PurgeInstanceAsync(id);
        await early.Should().ThrowAsync<DaprException>();
        await app.Client.RaiseEventAsync(id, "Go", "x");
        await app.EndAsync(id);
        (await app.Client.PurgeInstanceAsync(id)).Should().BeTrue();
        (await app.Client.GetWorkflowStateAsync(id)).Exists.Should().BeFalse();
    }

    [Fact]
    public async Task An_id_is_refused_while_in_use_and_can_be_used_again_afterwards()
    {
        await using var app = await WaitingAsync();
        await app.Client.ScheduleNewWorkflowAsync("Saga", "i1");

        var second = () => app.Client.ScheduleNewWorkflowAsync("Saga", "i1");
        (await second.Should().ThrowAsync<DaprException>()).WithMessage("*already exists*");
        await app.Client.RaiseEventAsync("i1", "Go", "one");
        await app.EndAsync("i1");
        await app.Client.ScheduleNewWorkflowAsync("Saga", "i1");
        await app.Client.RaiseEventAsync("i1", "Go", "two");
        (await app.EndAsync("i1")).ReadOutputAs<string>().Should().Be("two");
    }

    [Fact]
    public async Task Status_and_times_can_be_seen_on_the_way()
    {
        await using var app = await WorkflowApp.StartAsync<object?, int>(async (context, _) =>
        {
            context.SetCustomStatus(new { step = 1 });
            return await context.WaitForExternalEventAsync<int>("Go");
        });
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var id = await app.Client.ScheduleNewWorkflowAsync("Saga");

        var state = await app.Client.WaitForWorkflowStartAsync(id);
        (state.WorkflowName, state.IsWorkflowRunning).Should().Be(("Saga", true));
        state.ReadCustomStatusAs<Dictionary<string, int>>().Should().Contain("step", 1);
        state.CreatedAt.Should().BeAfter(before);
        state.LastUpdatedAt.Should().BeOnOrAfter(state.CreatedAt);
        (await app.Client.GetWorkflowStateAsync(id, getInputsAndOutputs: false)).ReadCustomStatusAs<Dictionary<string, int>>().Should().BeNull();
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_managed()
    {
        await using var app = await WaitingAsync();

        (await app.Client.GetWorkflowStateAsync("nobody")).Exists.Should().BeFalse();
        foreach (var wrong in new Func<Task>[]
        {
            () => app.Client.RaiseEventAsync("nobody", "Go"),
            () => app.Client.TerminateWorkflowAsync("nobody"),
            () => app.Client.SuspendWorkflowAsync("nobody"),
            () => app.Client.ResumeWorkflowAsync("nobody"),
            () => app.Client.PurgeInstanceAsync("nobody"),
        })
            (await wrong.Should().ThrowAsync<DaprException>()).WithMessage("*no such instance exists*");
    }
}
