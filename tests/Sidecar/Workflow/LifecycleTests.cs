using System.Collections.Concurrent;
using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Components;
using Resort.Sidecar.Workflow;
using static Resort.Tests.Sidecar.Workflow.Script;

namespace Resort.Tests.Sidecar.Workflow;

public class LifecycleTests
{
    /// <summary>Ends when the event <c>go</c> comes; terminated when told so.</summary>
    private static readonly Script waits = new(past => past.IsTerminated ? [Complete(9, null, OrchestrationStatus.Terminated)] : past.Raised("go") ? [Complete(1, "went")] : []);

    [Fact]
    public async Task A_saga_runs_step_by_step_and_undoes_what_it_did()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(
            past => past.Result(0) is null ? [Task(0, "hold")] : past.Result(1) is null ? [Task(1, "charge")] : past.Result(2) is null ? [Task(2, "release")] : [Complete(3, past.Result(1))],
            activity => activity.Name == "charge" ? "fails: declined" : "ok"));

        await engine.StartInstanceAsync("order");

        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("declined");
        engine.Worker.ActivityNames.Should().Be("hold charge release");
        engine.History("order").Should().Be("ExecutionStarted TaskScheduled TaskCompleted TaskScheduled TaskFailed TaskScheduled TaskCompleted ExecutionCompleted");
    }

    [Fact]
    public async Task Two_hundred_parallel_activities_run_once_each()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past =>
            Enumerable.Range(0, 200).All(id => past.Result(id) is not null) ? [Complete(200)] : Enumerable.Range(0, 200).Select(id => Task(id))));
        await engine.StartInstanceAsync("many");
        await engine.EndOfAsync("many");
        engine.Worker.Activities.Select(activity => activity.TaskId).Should().OnlyHaveUniqueItems().And.HaveCount(200);
    }

    [Fact]
    public async Task An_event_for_nobody_is_refused_and_one_for_a_finished_instance_is_dropped()
    {
        await using var engine = await EngineFixture.StartAsync(waits);
        var toNobody = () => engine.Engine.RaiseAsync("order", "go", null, default);
        (await toNobody.Should().ThrowAsync<WorkflowException>()).Which.Fault.Should().Be(WorkflowFault.NoSuchInstance);

        await engine.StartInstanceAsync("order");
        await toNobody();
        await engine.EndOfAsync("order");
        await toNobody();
        engine.History("order").Should().Be("ExecutionStarted EventRaised ExecutionCompleted");
    }

    [Fact]
    public async Task Suspended_and_resumed_it_shows_so_and_goes_on()
    {
        await using var engine = await EngineFixture.StartAsync(waits);
        await engine.StartInstanceAsync("order");
        await engine.Engine.SuspendAsync("order", "lunch", default);
        await engine.ViewAsync("order", view => view.Status == OrchestrationStatus.Suspended);
        await engine.Engine.ResumeAsync("order", "", default);
        await engine.ViewAsync("order", view => view.Status == OrchestrationStatus.Running);
        await engine.Engine.RaiseAsync("order", "go", null, default);
        (await engine.EndOfAsync("order")).Completed!.Result.Should().Be("went");
    }

    [Fact]
    public async Task A_termination_reaches_the_children_of_the_children()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past => past.Name switch
        {
            "parent" => [Child(1, "child", "c")],
            "child" => [Child(1, "grandchild", "g")],
            _ => [],
        }));
        await engine.StartInstanceAsync("parent");
        await engine.ViewAsync("g", view => view.HasBegun);

        await engine.Engine.TerminateAsync("parent", "\"enough\"", recursive: true, default);

        foreach (var id in new[] { "parent", "c", "g" })
        {
            var end = (await engine.EndOfAsync(id)).Completed!;
            (end.WorkflowStatus, end.Result).Should().Be((OrchestrationStatus.Terminated, "\"enough\""));
        }
    }

    [Fact]
    public async Task A_parent_gets_the_result_of_its_child_and_a_purge_takes_both()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past =>
            past.Name == "child" ? [Complete(1, "from the child")] : past.Result(1) is { } result ? [Complete(2, result)] : [Child(1, "child")]));
        await engine.StartInstanceAsync("parent");

        (await engine.EndOfAsync("parent")).Completed!.Result.Should().Be("from the child");
        engine.Engine.List(0, null).Ids.Should().Equal("parent", "parent:0001");
        (await engine.Engine.PurgeAsync("parent", recursive: true, force: false, default)).Should().Be(2);
        engine.Engine.List(0, null).Ids.Should().BeEmpty();
    }

    [Fact]
    public async Task A_child_whose_id_is_taken_fails_for_its_parent_only()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past => past.Name != "parent" ? [] : past.Result(1) is { } why ? [Complete(2, why)] : [Child(1, "child", "taken")]));
        await engine.StartInstanceAsync("taken");
        await engine.StartInstanceAsync("parent");
        (await engine.EndOfAsync("parent")).Completed!.Result.Should().Be("an active workflow with ID 'taken' already exists");
        engine.Engine.Get("taken").Status.Should().Be(OrchestrationStatus.Running);
    }

    [Fact]
    public async Task An_id_in_use_is_refused_and_a_finished_one_begins_anew()
    {
        await using var engine = await EngineFixture.StartAsync(waits with { Status = "s" });
        await engine.StartInstanceAsync("order", input: "1");
        await engine.ViewAsync("order", view => view.HasBegun);
        var again = () => engine.StartInstanceAsync("order", input: "2");
        (await again.Should().ThrowAsync<WorkflowException>()).Which.Fault.Should().Be(WorkflowFault.AlreadyExists);

        await engine.Engine.RaiseAsync("order", "go", null, default);
        await engine.EndOfAsync("order");
        await again();
        (await engine.ViewAsync("order", view => view.Status == OrchestrationStatus.Running)).Started!.Input.Should().Be("2");
        engine.History("order").Should().Be("ExecutionStarted");
    }

    [Fact]
    public async Task Of_those_who_start_an_id_at_the_same_moment_whoever_is_refused_finds_it()
    {
        await using var engine = await EngineFixture.StartAsync(waits);
        for (var n = 0; n < 20; n++)
        {
            var id = $"order-{n}";
            var found = new ConcurrentBag<bool>();
            await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (_, _) =>
            {
                try { await engine.StartInstanceAsync(id); }
                catch (WorkflowException e) when (e.Fault == WorkflowFault.AlreadyExists) { found.Add(engine.Engine.Get(id).Exists); }
            });
            found.Should().HaveCount(7).And.OnlyContain(exists => exists);
        }
    }

    [Fact]
    public async Task After_continue_as_new_a_late_result_of_the_run_before_is_not_taken_for_a_new_one()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(
            past => past.Input == "first" ? past.Raised("next") ? [ContinueAsNew(2, "second")] : [Task(1, "old")] : past.Result(1) is { } result ? [Complete(3, result)] : [Task(1, "new")],
            activity => activity.Name == "old" ? null : "new result"));
        await engine.StartInstanceAsync("loop", input: "first");
        await Probe.UntilAsync("the old activity", () => engine.Worker.ActivityNames == "old");
        await engine.Engine.RaiseAsync("loop", "next", null, default);

        (await engine.EndOfAsync("loop")).Completed!.Result.Should().Be("new result");
        await engine.Engine.CompleteActivityAsync(new ActivityResponse { InstanceId = "loop", TaskId = 1, Result = "old result" });
        engine.History("loop").Should().Be("ExecutionStarted TaskScheduled TaskCompleted ExecutionCompleted");
    }

    [Fact]
    public async Task A_thousand_generations_leave_the_history_of_the_last()
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past => past.Input == "1000" ? [Complete(1)] : [ContinueAsNew(1, $"{int.Parse(past.Input!) + 1}")]));
        await engine.StartInstanceAsync("loop", input: "1");
        await engine.EndOfAsync("loop");
        engine.History("loop").Should().Be("ExecutionStarted ExecutionCompleted");
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_and_a_scheduled_start_waits()
    {
        await using var engine = await EngineFixture.StartAsync();
        var start = engine.Clock.GetUtcNow().AddHours(1);
        await engine.RestartAsync(new Script(past => past.Fired(1) ? [Complete(3)] : [Timer(1, start.AddHours(2)), Timer(2, start.AddHours(1))]));
        await engine.Engine.StartAsync("order", "Order", null, Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(start), default);
        engine.Engine.Get("order").Status.Should().Be(OrchestrationStatus.Pending);

        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.ViewAsync("order", view => view.HasBegun);
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await Probe.UntilAsync("the second turn", () => engine.Worker.Turns.Count() == 2);
        engine.Worker.Turns.Last().NewEvents[1].TimerFired.TimerId.Should().Be(2);
        engine.Clock.Advance(TimeSpan.FromHours(1));
        await engine.EndOfAsync("order");
    }

    [Fact]
    public async Task A_finished_instance_goes_when_its_time_of_retention_is_over()
    {
        await using var engine = await EngineFixture.StartAsync(waits, new WorkflowSettings { KeepCompleted = TimeSpan.FromDays(7) });
        await engine.StartInstanceAsync("done");
        await engine.StartInstanceAsync("running");
        await engine.Engine.RaiseAsync("done", "go", null, default);
        await engine.EndOfAsync("done");

        engine.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        engine.Engine.Get("done").Exists.Should().BeTrue();
        engine.Clock.Advance(TimeSpan.FromSeconds(2));
        await Probe.UntilAsync("the purge", () => engine.Engine.List(0, null).Ids.SequenceEqual(["running"]));
    }
}
