extern alias workflow;
using Dapr.Workflow;
using Microsoft.Extensions.Logging;
using workflow::Dapr.Workflow.Registration;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class ContextTests
{
    [Fact]
    public void The_context_knows_the_instance() =>
        ReplayedInstance.Of(context => Task.FromResult($"{context.Name} {context.InstanceId}")).Start().ShouldComplete("\"Saga i1\"");

    [Fact]
    public void The_clock_shows_the_turn_in_which_the_code_got_there_first()
    {
        var times = new List<DateTime>();
        var instance = ReplayedInstance.Of(async context =>
        {
            times.Clear();
            times.Add(context.CurrentUtcDateTime);
            await context.CallActivityAsync("A");
            times.Add(context.CurrentUtcDateTime);
            await context.CallActivityAsync("B");
            times.Add(context.CurrentUtcDateTime);
            return 0;
        });

        instance.Start();
        instance.Complete(0, "");
        instance.Complete(1, "");
        var noon = ReplayedInstance.Noon;
        times.Should().Equal(noon, noon.AddMinutes(1), noon.AddMinutes(2));
        times.Should().OnlyContain(time => time.Kind == DateTimeKind.Utc);
    }

    [Fact]
    public void Replaying_ends_where_new_code_begins()
    {
        var replaying = new List<bool>();
        var instance = ReplayedInstance.Of(async context =>
        {
            replaying.Clear();
            replaying.Add(context.IsReplaying);
            await context.CallActivityAsync("A");
            replaying.Add(context.IsReplaying);
            await context.CallActivityAsync("B");
            replaying.Add(context.IsReplaying);
            return 0;
        });

        instance.Start();
        replaying.Should().Equal(false);
        instance.Complete(0, "");
        replaying.Should().Equal(true, false);
        instance.Complete(1, "");
        replaying.Should().Equal(true, true, false);
    }

    [Fact]
    public void A_replay_safe_logger_writes_each_line_once()
    {
        using var log = new RecordingLoggers();
        var instance = new ReplayedInstance(
            new DelegateWorkflow<object?, int>(async (context, _) =>
            {
                var logger = context.CreateReplaySafeLogger<ContextTests>();
                using var scope = logger.BeginScope("scope");
                logger.LogInformation("one");
                await context.CallActivityAsync("A");
                logger.LogInformation("two");
                await context.CallActivityAsync("B");
                context.CreateReplaySafeLogger("Own").LogInformation("three");
                context.CreateReplaySafeLogger(Type.GetType("System.Version")!).LogInformation("four");
                return logger.IsEnabled(LogLevel.Information) ? 1 : 0;
            }),
            loggers: log);

        instance.Start();
        instance.Complete(0, "");
        instance.Complete(1, "").ShouldComplete("1");
        log.Lines.Should().Equal(
            $"{typeof(ContextTests).FullName}: one", $"{typeof(ContextTests).FullName}: two", "Own: three", "System.Version: four");
    }

    [Fact]
    public void Guids_are_derived_from_the_instance_as_the_official_sdk_does()
    {
        var twoGuids = (WorkflowContext context) => Task.FromResult($"{context.NewGuid()} {context.NewGuid()}");

        Run(twoGuids, executionId: null).Should().StartWith("95c2c0b3-bb86-55a0-8ce8-ab8ee1833fa4 ");
        Run(twoGuids, executionId: "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
            .Should().Be("8665d092-9730-527e-8151-68d93ca02bb7 4e38e6f4-463b-5329-a0ab-1ef1d6d90f86");

        static string Run(Func<WorkflowContext, Task<string>> code, string? executionId) =>
            new ReplayedInstance(new DelegateWorkflow<object?, string>((context, _) => code(context)), executionId: executionId)
                .Start().End!.Result.Trim('"');
    }

    [Fact]
    public void Task_execution_ids_are_derived_as_the_official_sdk_does()
    {
        var instance = new ReplayedInstance(
            new DelegateWorkflow<object?, int>((context, _) => context.CallActivityAsync<int>("Act")),
            executionId: "6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        instance.Start().Response.Actions[0].ScheduleTask.TaskExecutionId.Should().Be("038e9c164e43504c9537a89cb0491454");
    }
}
