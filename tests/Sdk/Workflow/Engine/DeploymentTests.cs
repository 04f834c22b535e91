using Dapr.Workflow;
using Resort.Tests.Sidecar;

namespace Resort.Tests.Sdk.Workflow.Engine;

/// <summary>Instances live on when the application or its sidecar is replaced.</summary>
public class DeploymentTests
{
    private static void Notes(WorkflowRuntimeOptions options, WorkflowApp app) =>
        options.RegisterActivity<string, object?>("Note", (_, text) => Task.FromResult(app.Note(text)));

    private static async Task<string> Original(WorkflowContext context, object? input)
    {
        await context.CallActivityAsync("Note", "first");
        await context.WaitForExternalEventAsync<object?>("Go");
        await context.CallActivityAsync("Note", "second");
        return "original";
    }

    private static async Task<WorkflowApp> WaitingAsync()
    {
        var app = await WorkflowApp.StartAsync<object?, string>(Original);
        await app.Client.ScheduleNewWorkflowAsync("Saga", "i1");
        await Probe.UntilAsync("the first note", () => app.Done.Contains("first"));
        return app;
    }

    [Fact]
    public async Task The_same_code_goes_on_where_the_application_stopped()
    {
        await using var app = await WaitingAsync();
        await app.DeployAsync((options, deployed) =>
        {
            Notes(options, deployed);
            options.RegisterWorkflow<object?, string>("Saga", Original);
        });

        await app.Client.RaiseEventAsync("i1", "Go");
        (await app.EndAsync("i1")).ReadOutputAs<string>().Should().Be("original");
        app.Done.Should().Equal("first", "second");
    }

    [Fact]
    public async Task Changed_code_fails_and_says_what_does_not_match()
    {
        await using var app = await WaitingAsync();
        await app.DeployAsync((options, deployed) =>
        {
            Notes(options, deployed);
            options.RegisterWorkflow<object?, string>("Saga", async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(1));
                return "changed";
            });
        });

        await app.Client.RaiseEventAsync("i1", "Go");
        var end = await app.EndAsync("i1");
        end.RuntimeStatus.Should().Be(WorkflowRuntimeStatus.Failed);
        end.FailureDetails!.ErrorType.Should().EndWith("NonDeterminismException");
        end.FailureDetails.ErrorMessage.Should().ContainAll("'Saga'", "i1", "call 0", "activity 'Note'", "a timer");
        app.Done.Should().Equal("first");
    }

    [Fact]
    public async Task Code_changed_behind_a_patch_takes_the_path_of_its_instance()
    {
        await using var app = await WaitingAsync();
        await app.DeployAsync((options, deployed) =>
        {
            Notes(options, deployed);
            options.RegisterWorkflow<object?, string>("Saga", async (context, _) =>
            {
                if (context.IsPatched("check"))
                    await context.CallActivityAsync("Note", "check");
                await context.CallActivityAsync("Note", "first");
                await context.WaitForExternalEventAsync<object?>("Go");
                return context.IsPatched("check") ? "patched" : "old";
            });
        });

        await app.Client.ScheduleNewWorkflowAsync("Saga", "i2");
        await app.Client.RaiseEventAsync("i1", "Go");
        await app.Client.RaiseEventAsync("i2", "Go");
        (await app.EndAsync("i1")).ReadOutputAs<string>().Should().Be("old");
        (await app.EndAsync("i2")).ReadOutputAs<string>().Should().Be("patched");
    }

    [Fact]
    public async Task A_restarted_sidecar_is_served_and_waited_for()
    {
        await using var app = await WaitingAsync();
        var end = app.EndAsync("i1");

        await app.RestartSidecarAsync();
        await app.Client.RaiseEventAsync("i1", "Go");
        (await end).ReadOutputAs<string>().Should().Be("original");
        app.Done.Should().Equal("first", "second");
    }
}
