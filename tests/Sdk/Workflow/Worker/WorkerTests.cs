extern alias workflow;
using System.Diagnostics;
using Resort.Tests.Sidecar;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Worker;

public sealed class WorkerTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ScriptedEngine engine = new();

    public Task InitializeAsync() => engine.ListenAsync();

    [Fact]
    public async Task An_activity_is_answered_with_its_result_and_token()
    {
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<int, string>(
            "Act", (context, input) => Task.FromResult($"{context.Identifier} {context.InstanceId} {context.TaskExecutionKey} {input}")));
        var stream = await engine.StreamAsync();

        stream.Writer.TryWrite(ScriptedEngine.Activity("act", 7, "5", "key"));
        (await engine.AnswerAsync<ActivityResponse>()).Should().Be(
            new ActivityResponse { InstanceId = "i1", TaskId = 7, Result = "\"act i1 key 5\"", CompletionToken = "token-7" });
    }

    [Fact]
    public async Task The_task_id_stands_in_for_a_missing_key()
    {
        using var worker = await engine.WorkerAsync(options =>
            options.RegisterActivity<object?, string>("Act", (context, _) => Task.FromResult(context.TaskExecutionKey)));

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act", 7));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("\"7\"");
    }

    [Fact]
    public async Task What_an_activity_throws_is_its_answer()
    {
        using var worker = await engine.WorkerAsync(options =>
            options.RegisterActivity<object?, int>("Act", (_, _) => throw new InvalidDataException("bad")));

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act"));
        var answer = await engine.AnswerAsync<ActivityResponse>();
        answer.Result.Should().BeNull();
        (answer.FailureDetails.ErrorType, answer.FailureDetails.ErrorMessage).Should().Be(("System.IO.InvalidDataException", "bad"));
        answer.FailureDetails.StackTrace.Should().Contain(nameof(WorkerTests));
    }

    [Fact]
    public async Task Unknown_names_are_answered_as_failures()
    {
        using var worker = await engine.WorkerAsync(_ => { });
        var stream = await engine.StreamAsync();

        stream.Writer.TryWrite(ScriptedEngine.Activity("Act"));
        var activity = (await engine.AnswerAsync<ActivityResponse>()).FailureDetails;
        (activity.ErrorType, activity.ErrorMessage).Should().Be(("ActivityNotFoundException", "Activity 'Act' is not registered in this application."));

        stream.Writer.TryWrite(ScriptedEngine.FirstTurn("Saga"));
        var turn = await engine.AnswerAsync<WorkflowResponse>();
        turn.CompletionToken.Should().Be("turn");
        var end = turn.Actions.Should().ContainSingle().Subject.CompleteWorkflow;
        (end.WorkflowStatus, end.FailureDetails.ErrorType).Should().Be((OrchestrationStatus.Failed, "WorkflowNotFound"));
        end.FailureDetails.ErrorMessage.Should().Be("Workflow 'Saga' is not registered in this application.");
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_replaced_by_a_failure()
    {
        using var worker = await engine.WorkerAsync(options =>
        {
            options.RegisterActivity<object?, string>("Act", (_, _) => Task.FromResult("much"));
            options.RegisterWorkflow<object?, string>("Saga", (_, _) => Task.FromResult("much"));
        });
        var stream = await engine.StreamAsync();

        engine.RefuseAnswer(8);
        stream.Writer.TryWrite(ScriptedEngine.Activity("Act"));
        var activity = await engine.AnswerAsync<ActivityResponse>();
        activity.Result.Should().BeNull();
        activity.FailureDetails.ErrorMessage.Should().Be("/TaskHubSidecarService/CompleteActivityTask failed with status ResourceExhausted: refused");

        engine.RefuseAnswer(8);
        stream.Writer.TryWrite(ScriptedEngine.FirstTurn("Saga"));
        var turn = await engine.AnswerAsync<WorkflowResponse>();
        turn.Actions.Should().ContainSingle().Which.CompleteWorkflow.WorkflowStatus.Should().Be(OrchestrationStatus.Failed);
    }

    [Fact]
    public async Task A_hundred_activities_run_side_by_side_and_no_more()
    {
        var running = 0;
        var peak = 0;
        var full = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<object?, int>("Act", async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref peak, now);
            if (now == 100)
                full.TrySetResult();
            await go.Task;
            Interlocked.Decrement(ref running);
            return 0;
        }));
        var stream = await engine.StreamAsync();

        for (var id = 0; id < 150; id++)
            stream.Writer.TryWrite(ScriptedEngine.Activity("Act", id));
        await full.Task.WaitAsync(Patience);
        go.SetResult();
        var answered = new HashSet<int>();
        while (answered.Count < 150)
            answered.Add((await engine.AnswerAsync<ActivityResponse>()).TaskId);
        peak.Should().Be(100);
    }

    [Fact]
    public async Task A_stream_that_ends_is_opened_again()
    {
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<object?, int>("Act", (_, _) => Task.FromResult(1)));
        (await engine.StreamAsync()).Writer.Complete();

        var stream = await engine.StreamAsync();
        stream.Writer.TryWrite(ScriptedEngine.Activity("Act"));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("1");
    }

    [Fact]
    public async Task A_sidecar_that_comes_back_is_served_again_and_the_log_says_so_once()
    {
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<object?, int>("Act", (_, _) => Task.FromResult(1)));
        await engine.StreamAsync();
        await engine.StopAsync();
        await Probe.UntilAsync("the loss in the log", () => engine.Log.Lines.Any(line => line.Contains("No workflow work items", StringComparison.Ordinal)));
        await engine.ListenAsync();

        var stream = await engine.StreamAsync();
        stream.Writer.TryWrite(ScriptedEngine.Activity("Act"));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("1");
        engine.Log.Lines.Count(line => line.EndsWith("again", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Stopping_finishes_what_is_in_hand()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<object?, int>("Act", async (_, _) =>
        {
            begun.SetResult();
            await go.Task;
            return 1;
        }));
        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act"));
        await begun.Task.WaitAsync(Patience);

        var stop = worker.StopAsync();
        go.SetResult();
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("1");
        await stop.WaitAsync(Patience);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_ever_and_sends_no_failure_of_its_own()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<object?, int>("Act", async (_, _) =>
        {
            begun.SetResult();
            await go.Task;
            throw new ObjectDisposedException("services");
        }));
        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act"));
        await begun.Task.WaitAsync(Patience);

        await worker.StopAsync(new CancellationToken(canceled: true));
        go.SetResult();
        await Probe.UntilAsync("the end of the activity", () => engine.Log.Lines.Any(line => line.Contains("Activity Act", StringComparison.Ordinal)));
        engine.AnswersWaiting.Should().Be(0);
    }

    [Fact]
    public async Task An_activity_goes_on_with_the_trace_of_its_workflow()
    {
        using var worker = await engine.WorkerAsync(options =>
            options.RegisterActivity<object?, string?>("Act", (_, _) => Task.FromResult(Activity.Current?.TraceId.ToString())));
        var item = ScriptedEngine.Activity("Act");
        item.ActivityRequest.ParentTraceContext = new TraceContext { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

        (await engine.StreamAsync()).Writer.TryWrite(item);
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("\"0af7651916cd43dd8448eb211c80319c\"");
    }

    Task IAsyncLifetime.DisposeAsync() => engine.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
