using Dapr.DurableTask.Protobuf;
using static Resort.Tests.Sidecar.Workflow.Script;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>What survives the end of the process, and a disk that fails.</summary>
public class DurabilityTests
{
    private static readonly Script waits = new(past => past.Raised("go") ? [Complete(1, "went")] : []);

    /// <summary>Two activities at once; B is answered only by a second worker.</summary>
    private static Script Parallel(bool answersB) => new(
        past => past.Result(1) is { } a && past.Result(2) is { } b ? [Complete(3, a + b)] : [Task(1, "A"), Task(2, "B")],
        activity => activity.Name == "B" && !answersB ? null : activity.Name);

    [Fact]
    public async Task An_answered_activity_does_not_run_again_and_one_that_was_out_does()
    {
        await using var engine = await EngineFixture.StartAsync(Parallel(answersB: false));
        await engine.StartInstanceAsync("order");
        await Probe.UntilAsync("A in the history", () => engine.History("order").EndsWith("TaskCompleted", StringComparison.Ordinal));

        await engine.RestartAsync(Parallel(answersB: true));

        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("AB");
        engine.Worker.ActivityNames.Should().Be("B");
    }

    [Fact]
    public async Task An_activity_that_outlives_its_workflow_runs_until_it_was_answered_once()
    {
        Script Fires(params string[] answered) => new(
            _ => [Task(1, "A"), Task(2, "B"), Complete(3)], activity => answered.Contains(activity.Name) ? "" : null);
        await using var engine = await EngineFixture.StartAsync(Fires("A"));
        await engine.StartInstanceAsync("order");
        await Probe.UntilAsync("both", () => engine.Worker.Activities.Count() == 2);

        await engine.RestartAsync(Fires("B"));
        await Probe.UntilAsync("B again", () => engine.Worker.ActivityNames == "B");
        await engine.RestartAsync(Fires());

        (await engine.EndOfAsync("order")).Completed!.Result.Should().BeNull();
        engine.Worker.Items.Should().BeEmpty();
        engine.History("order").Should().Be("ExecutionStarted TaskScheduled TaskScheduled ExecutionCompleted");
    }

    [Fact]
    public async Task A_turn_that_was_out_comes_again_with_the_same_events()
    {
        await using var engine = await EngineFixture.StartAsync();
        var silent = engine.Engine.Connect();
        await engine.StartInstanceAsync("order", input: "7");
        engine.Engine.Get("order").Status.Should().Be(OrchestrationStatus.Pending);

        await engine.RestartAsync(new Script(past => [Complete(1, past.Input)]));

        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("7");
    }

    [Fact]
    public async Task A_waiting_instance_takes_its_event_after_a_restart()
    {
        await using var engine = await EngineFixture.StartAsync(waits);
        await engine.StartInstanceAsync("order");
        await engine.ViewAsync("order", view => view.HasBegun);

        await engine.RestartAsync(waits);
        engine.Worker.Items.Should().BeEmpty();
        await engine.Engine.RaiseAsync("order", "go", null, default);

        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("went");
    }

    [Fact]
    public async Task A_timer_that_fell_due_meanwhile_fires_at_the_start_and_another_at_its_time()
    {
        await using var engine = await EngineFixture.StartAsync();
        var begin = engine.Clock.GetUtcNow();
        var script = new Script(past => past.Fired(2) ? [Complete(3)] : [Timer(1, begin.AddHours(1)), Timer(2, begin.AddHours(3))]);
        await engine.RestartAsync(script);
        await engine.StartInstanceAsync("order");
        await engine.ViewAsync("order", view => view.HasBegun);

        await engine.RestartAsync(script, down: TimeSpan.FromHours(2));
        await Probe.UntilAsync("the first timer", () => engine.History("order").EndsWith("TimerFired", StringComparison.Ordinal));
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.EndOfAsync("order");
    }

    [Fact]
    public async Task A_child_and_its_parent_go_on_after_a_restart()
    {
        var script = new Script(past => past.Name == "child" ? past.Raised("go") ? [Complete(1, "c")] : [] : past.Result(1) is { } result ? [Complete(2, result)] : [Child(1, "child", "c")]);
        await using var engine = await EngineFixture.StartAsync(script);
        await engine.StartInstanceAsync("parent");
        await engine.ViewAsync("c", view => view.HasBegun);

        await engine.RestartAsync(script);
        await engine.Engine.RaiseAsync("c", "go", null, default);

        (await engine.EndOfAsync("parent")).Completed!.Result.Should().Be("c");
    }

    [Fact]
    public async Task Instances_that_leave_memory_come_back_when_they_are_needed()
    {
        await using var engine = await EngineFixture.StartAsync(waits, resting: 1);
        var ids = Enumerable.Range(0, 50).Select(i => $"order-{i}").ToList();
        foreach (var id in ids) await engine.StartInstanceAsync(id);
        foreach (var id in ids) await engine.ViewAsync(id, view => view.HasBegun);
        foreach (var id in ids) await engine.Engine.RaiseAsync(id, "go", null, default);
        foreach (var id in ids) (await engine.EndOfAsync(id)).Completed!.Result.Should().Be("went");
    }

    [Fact]
    public async Task What_the_disk_did_not_take_is_not_answered_and_the_engine_goes_on_from_what_it_has()
    {
        await using var engine = await EngineFixture.StartAsync(waits);
        await engine.StartInstanceAsync("order");
        await engine.ViewAsync("order", view => view.HasBegun);

        await engine.Database.WriteAsync(session => session.Run("ALTER TABLE workflow_inbox RENAME TO broken; ALTER TABLE workflow_history RENAME TO broken_too"));
        var raise = () => engine.Engine.RaiseAsync("order", "go", null, default);
        await raise.Should().ThrowAsync<Exception>();
        await engine.Database.WriteAsync(session => session.Run("ALTER TABLE broken RENAME TO workflow_inbox; ALTER TABLE broken_too RENAME TO workflow_history"));

        engine.History("order").Should().Be("ExecutionStarted");
        await raise();
        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("went");
    }

    [Fact]
    public async Task A_turn_is_handed_out_only_when_the_disk_has_what_it_tells_of()
    {
        await using var engine = await EngineFixture.StartAsync();
        var worker = engine.Engine.Connect();
        await engine.StartInstanceAsync("order");
        await engine.Engine.CompleteTurnAsync(new WorkflowResponse { InstanceId = "order", Actions = { Task(1, "A") } });
        while (worker.Items.TryRead(out _)) { }
        await engine.Database.WriteAsync(session => session.Run("ALTER TABLE workflow_inbox RENAME TO broken"));

        var answer = () => engine.Engine.CompleteActivityAsync(new ActivityResponse { InstanceId = "order", TaskId = 1, Result = "a" });

        await answer.Should().ThrowAsync<Exception>();
        worker.Items.TryRead(out _).Should().BeFalse("after a crash nobody would know of what it tells");
    }

    [Fact]
    public async Task A_turn_whose_result_the_disk_did_not_take_is_done_again_and_its_activities_only_then()
    {
        await using var engine = await EngineFixture.StartAsync();
        var first = engine.Engine.Connect();
        await engine.StartInstanceAsync("order");
        await engine.Database.WriteAsync(session => session.Run("ALTER TABLE workflow_history RENAME TO broken"));
        var answer = () => engine.Engine.CompleteTurnAsync(new WorkflowResponse { InstanceId = "order", Actions = { Task(1, "A") } });
        await answer.Should().ThrowAsync<Exception>();
        first.Items.TryRead(out _).Should().BeTrue();
        first.Items.TryRead(out _).Should().BeFalse("nothing was asked for that is not on disk");
        await engine.Database.WriteAsync(session => session.Run("ALTER TABLE broken RENAME TO workflow_history"));

        engine.Engine.Disconnect(first);
        await using var second = new ScriptedWorker(engine.Engine, Parallel(answersB: true));
        await Probe.UntilAsync("the end", () =>
        {
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
            return engine.Engine.Get("order").IsOver;
        });
        engine.Engine.Get("order").Completed!.Result.Should().Be("AB");
    }
}
