using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;
using static Resort.Tests.Sidecar.Workflow.Script;

namespace Resort.Tests.Sidecar.Workflow;

public class ForkTests
{
    [Fact]
    public async Task A_rerun_keeps_what_was_answered_and_does_the_rest_again()
    {
        var number = 0;
        await using var engine = await EngineFixture.StartAsync(new Script(
            past => past.Result(1) is null ? [Task(1, "A")] : past.Result(2) is { } result ? [Complete(3, result)] : [Task(2, "B", past.Result(1))],
            activity => activity.Name == "A" ? "a" : $"b{Interlocked.Increment(ref number)} of {activity.Input}"));
        await engine.StartInstanceAsync("order");
        await engine.EndOfAsync("order");

        var id = await engine.Engine.RerunAsync(new RerunWorkflowFromEventRequest { SourceInstanceID = "order", EventID = 2, NewInstanceID = "again", Input = "other", OverwriteInput = true }, default);

        (await engine.EndOfAsync(id)).Completed!.Result.Should().Be("b2 of other");
        engine.Worker.ActivityNames.Should().Be("A B B");
        engine.Engine.History("again")!.Single(made => made.TaskScheduled?.Name == "B").TaskScheduled.RerunParentInstanceInfo.InstanceID.Should().Be("order");
    }

    [Theory]
    [InlineData("nobody", 1, "new", RerunFault.NotFound)]
    [InlineData("order", 7, "new", RerunFault.NotFound)]
    [InlineData("order", 2, "new", RerunFault.NotFound)]
    [InlineData("order", 1, "order", RerunFault.Invalid)]
    [InlineData("running", 1, "new", RerunFault.Invalid)]
    [InlineData("order", 1, "running", RerunFault.AlreadyExists)]
    internal async Task A_rerun_is_refused(string source, uint eventId, string newId, RerunFault fault)
    {
        await using var engine = await EngineFixture.StartAsync(new Script(past => past.Name == "running" ? [] : past.Result(1) is null ? [Task(1)] : [Complete(2)]));
        await engine.StartInstanceAsync("order");
        await engine.StartInstanceAsync("running");
        await engine.EndOfAsync("order");

        var rerun = () => engine.Engine.RerunAsync(new RerunWorkflowFromEventRequest { SourceInstanceID = source, EventID = eventId, NewInstanceID = newId }, default);

        (await rerun.Should().ThrowAsync<RerunException>()).Which.Fault.Should().Be(fault);
    }
}
