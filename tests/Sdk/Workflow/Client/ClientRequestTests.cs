extern alias workflow;
using System.Diagnostics;
using Dapr;
using Dapr.Workflow;
using Dapr.Workflow.Registration;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Tests.Sdk.Workflow.Grpc;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Client;

/// <summary>What the client sends, and what it makes of answers that a healthy sidecar gives rarely.</summary>
public class ClientRequestTests
{
    private static DaprWorkflowClient Client(ScriptedHub hub) => new DaprWorkflowClientBuilder().UseGrpcEndpoint(hub.Address.ToString()).Build();

    private static async Task<(string Path, T Request)> SentAsync<T>(MessageParser<T> parser, IMessage answer, Func<DaprWorkflowClient, Task> call)
        where T : IMessage<T>
    {
        (string, T)? sent = null;
        await using var hub = await ScriptedHub.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            sent = (context.Request.Path.Value!.Split('/')[2], parser.ParseFrom(body.ToArray().AsSpan(5)));
            await ScriptedHub.AnswerAsync(context, answer);
        });
        await using var client = Client(hub);
        await call(client);
        return sent!.Value;
    }

    [Fact]
    public async Task Starting_sends_name_id_and_input()
    {
        var (path, request) = await SentAsync(CreateInstanceRequest.Parser, new CreateInstanceResponse { InstanceId = "i1" }, async client =>
            (await client.ScheduleNewWorkflowAsync("Saga", "i1", new { Amount = 5 })).Should().Be("i1"));

        path.Should().Be("StartInstance");
        request.Should().Be(new CreateInstanceRequest { InstanceId = "i1", Name = "Saga", Input = """{"amount":5}""" });
    }

    [Fact]
    public async Task Starting_without_id_makes_one_and_without_input_sends_an_empty_one()
    {
        var (_, request) = await SentAsync(CreateInstanceRequest.Parser, new CreateInstanceResponse(), client => client.ScheduleNewWorkflowAsync("Saga"));

        Guid.TryParseExact(request.InstanceId, "N", out _).Should().BeTrue();
        request.Input.Should().Be("");
    }

    [Fact]
    public async Task Starting_later_sends_the_moment()
    {
        var moment = new DateTimeOffset(2030, 1, 1, 9, 0, 0, TimeSpan.FromHours(9));

        var (_, offset) = await SentAsync(
            CreateInstanceRequest.Parser, new CreateInstanceResponse(), client => client.ScheduleNewWorkflowAsync("Saga", null, null, moment));
        var (_, utc) = await SentAsync(
            CreateInstanceRequest.Parser, new CreateInstanceResponse(), client => client.ScheduleNewWorkflowAsync("Saga", null, null, moment.UtcDateTime));

        offset.ScheduledStartTimestamp.Should().Be(Timestamp.FromDateTimeOffset(moment));
        utc.ScheduledStartTimestamp.Should().Be(Timestamp.FromDateTimeOffset(moment));
    }

    [Fact]
    public async Task Starting_takes_the_current_trace_along()
    {
        using var activity = new Activity("test").Start();

        var (_, request) = await SentAsync(CreateInstanceRequest.Parser, new CreateInstanceResponse(), client => client.ScheduleNewWorkflowAsync("Saga"));
        request.ParentTraceContext.TraceParent.Should().Be(activity.Id);
    }

    [Fact]
    public async Task Events_terminations_and_reasons_are_sent()
    {
        (await SentAsync(RaiseEventRequest.Parser, new RaiseEventResponse(), client => client.RaiseEventAsync("i1", "Paid", 5)))
            .Should().Be(("RaiseEvent", new RaiseEventRequest { InstanceId = "i1", Name = "Paid", Input = "5" }));
        (await SentAsync(RaiseEventRequest.Parser, new RaiseEventResponse(), client => client.RaiseEventAsync("i1", "Paid")))
            .Should().Be(("RaiseEvent", new RaiseEventRequest { InstanceId = "i1", Name = "Paid", Input = "" }));
        (await SentAsync(TerminateRequest.Parser, new TerminateResponse(), client => client.TerminateWorkflowAsync("i1", "why")))
            .Should().Be(("TerminateInstance", new TerminateRequest { InstanceId = "i1", Output = "\"why\"", Recursive = true }));
        (await SentAsync(SuspendRequest.Parser, new SuspendResponse(), client => client.SuspendWorkflowAsync("i1", "why")))
            .Should().Be(("SuspendInstance", new SuspendRequest { InstanceId = "i1", Reason = "why" }));
        (await SentAsync(ResumeRequest.Parser, new ResumeResponse(), client => client.ResumeWorkflowAsync("i1")))
            .Should().Be(("ResumeInstance", new ResumeRequest { InstanceId = "i1" }));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public async Task Purging_says_whether_anything_was_there(int deleted, bool expected)
    {
        var (path, request) = await SentAsync(
            PurgeInstancesRequest.Parser,
            new PurgeInstancesResponse { DeletedInstanceCount = deleted },
            async client => (await client.PurgeInstanceAsync("i1")).Should().Be(expected));

        (path, request).Should().Be(("PurgeInstances", new PurgeInstancesRequest { InstanceId = "i1", Recursive = true }));
    }

    [Fact]
    public async Task Waiting_for_the_end_is_one_call_that_brings_everything()
    {
        var state = new workflow::Dapr.DurableTask.Protobuf.WorkflowState
        {
            Name = "Saga",
            WorkflowStatus = OrchestrationStatus.Completed,
            Input = "1",
            Output = "2",
            CustomStatus = "\"s\"",
            CreatedTimestamp = new Timestamp { Seconds = 1 },
            LastUpdatedTimestamp = new Timestamp { Seconds = 2 },
        };
        var (path, request) = await SentAsync(GetInstanceRequest.Parser, new GetInstanceResponse { Exists = true, WorkflowState = state }, async client =>
        {
            var end = await client.WaitForWorkflowCompletionAsync("i1");
            (end.Exists, end.WorkflowName, end.RuntimeStatus, end.IsWorkflowCompleted, end.IsWorkflowRunning)
                .Should().Be((true, "Saga", WorkflowRuntimeStatus.Completed, true, false));
            (end.ReadInputAs<int>(), end.ReadOutputAs<int>(), end.ReadCustomStatusAs<string>(), end.FailureDetails).Should().Be((1, 2, "s", null));
            (end.CreatedAt, end.LastUpdatedAt).Should().Be((DateTimeOffset.FromUnixTimeSeconds(1), DateTimeOffset.FromUnixTimeSeconds(2)));
        });

        (path, request).Should().Be(("WaitForInstanceCompletion", new GetInstanceRequest { InstanceId = "i1", GetInputsAndOutputs = true }));
    }

    [Fact]
    public async Task An_unknown_instance_does_not_exist()
    {
        await SentAsync(GetInstanceRequest.Parser, new GetInstanceResponse(), async client =>
        {
            var state = await client.GetWorkflowStateAsync("i1", getInputsAndOutputs: false);
            (state.Exists, state.RuntimeStatus, state.IsWorkflowCompleted, state.IsWorkflowRunning)
                .Should().Be((false, WorkflowRuntimeStatus.Unknown, false, false));
            (state.WorkflowName, state.CreatedAt, state.LastUpdatedAt, state.ReadOutputAs<string>(), state.FailureDetails)
                .Should().Be((null, default, default, null, null));
        });
    }

    [Fact]
    public async Task Waiting_for_an_unknown_instance_is_an_invalid_operation() =>
        await SentAsync(GetInstanceRequest.Parser, new GetInstanceResponse(), async client =>
        {
            var wait = () => client.WaitForWorkflowStartAsync("i1");
            (await wait.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*'i1'*");
        });

    [Fact]
    public async Task Waiting_goes_on_when_the_sidecar_gives_up_or_goes_away()
    {
        var answers = new Queue<int>([4, 14, 1]);
        await using var hub = await ScriptedHub.StartAsync(context =>
        {
            if (answers.TryDequeue(out var status))
            {
                ScriptedHub.Refuse(context, status, "not now");
                return Task.CompletedTask;
            }

            return ScriptedHub.AnswerAsync(context, new GetInstanceResponse { Exists = true, WorkflowState = new() });
        });
        await using var client = Client(hub);

        (await client.WaitForWorkflowCompletionAsync("i1")).Exists.Should().BeTrue();
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        await using var hub = await ScriptedHub.StartAsync(context =>
        {
            ScriptedHub.Refuse(context, 14, "not now");
            return Task.CompletedTask;
        });
        await using var client = Client(hub);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var wait = () => client.WaitForWorkflowCompletionAsync("i1", cancellation: cancel.Token);
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_refusal_is_a_DaprException_with_the_sidecars_words()
    {
        await using var hub = await ScriptedHub.StartAsync(context =>
        {
            ScriptedHub.Refuse(context, 6, "an active workflow with ID 'i1' already exists");
            return Task.CompletedTask;
        });
        await using var client = Client(hub);

        var start = () => client.ScheduleNewWorkflowAsync("Saga", "i1");
        (await start.Should().ThrowAsync<DaprException>()).WithMessage("*AlreadyExists*an active workflow with ID 'i1' already exists");
    }

    [Fact]
    public async Task Names_and_ids_are_required()
    {
        await using var client = new DaprWorkflowClientBuilder().UseGrpcEndpoint("http://127.0.0.1:1").Build();
        foreach (var wrong in new Func<Task>[]
        {
            () => client.ScheduleNewWorkflowAsync(""),
            () => client.GetWorkflowStateAsync(""),
            () => client.WaitForWorkflowStartAsync(""),
            () => client.WaitForWorkflowCompletionAsync(""),
            () => client.RaiseEventAsync("", "e"),
            () => client.RaiseEventAsync("i1", ""),
            () => client.TerminateWorkflowAsync(""),
            () => client.SuspendWorkflowAsync(""),
            () => client.ResumeWorkflowAsync(""),
            () => client.PurgeInstanceAsync(""),
        })
            await wrong.Should().ThrowAsync<ArgumentException>();
    }
}
