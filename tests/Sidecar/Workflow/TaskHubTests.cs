using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Resort.Sidecar.Workflow;
using Resort.Tests.Sidecar.Grpc;
using static Resort.Tests.Sidecar.Workflow.Script;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>The task-hub service on the wire, as the SDKs speak it.</summary>
public class TaskHubTests
{
    internal const string Store = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: store }
        spec:
          type: state.sqlite
          version: v1
          metadata:
          - { name: connectionString, value: workflows.db }
          - { name: actorStateStore, value: "true" }
        """;

    private static readonly Script waits = new(past => past.Raised("go") ? [Complete(1, "went")] : past.IsTerminated ? [Complete(9, "stopped", OrchestrationStatus.Terminated)] : [Task(0)]);

    [Fact]
    public async Task Start_answers_after_the_first_turn_and_a_wait_at_the_end()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store);
        await using var worker = new ScriptedWorker(Engine(sidecar), waits);
        using var client = new GrpcClient(sidecar.GrpcAddress);

        await CallAsync(client, "StartInstance", new CreateInstanceRequest { InstanceId = "order", Name = "Order", Input = "7" });
        var running = (await GetAsync(client, "GetInstance")).WorkflowState;
        (running.Name, running.Input, running.WorkflowStatus).Should().Be(("Order", "7", OrchestrationStatus.Running));

        var end = GetAsync(client, "WaitForInstanceCompletion");
        await CallAsync(client, "RaiseEvent", new RaiseEventRequest { InstanceId = "order", Name = "go" });
        (await end).WorkflowState.Output.Should().Be("went");
    }

    [Fact]
    public async Task Suspend_resume_and_terminate_answer_when_it_is_so()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store);
        await using var worker = new ScriptedWorker(Engine(sidecar), waits);
        using var client = new GrpcClient(sidecar.GrpcAddress);
        await CallAsync(client, "StartInstance", new CreateInstanceRequest { InstanceId = "order", Name = "Order" });

        await CallAsync(client, "SuspendInstance", new SuspendRequest { InstanceId = "order" });
        (await GetAsync(client, "GetInstance")).WorkflowState.WorkflowStatus.Should().Be(OrchestrationStatus.Suspended);
        await CallAsync(client, "ResumeInstance", new ResumeRequest { InstanceId = "order" });
        (await GetAsync(client, "GetInstance")).WorkflowState.WorkflowStatus.Should().Be(OrchestrationStatus.Running);
        await CallAsync(client, "TerminateInstance", new TerminateRequest { InstanceId = "order" });
        (await GetAsync(client, "GetInstance")).WorkflowState.WorkflowStatus.Should().Be(OrchestrationStatus.Terminated);
        await CallAsync(client, "PurgeInstances", new PurgeInstancesRequest { InstanceId = "order" });
        (await GetAsync(client, "GetInstance")).Exists.Should().BeFalse();
    }

    [Fact]
    public async Task Refusals_have_the_codes_and_words_of_Dapr()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Store);
        await using var worker = new ScriptedWorker(Engine(sidecar), waits);
        using var client = new GrpcClient(sidecar.GrpcAddress);
        await CallAsync(client, "StartInstance", new CreateInstanceRequest { InstanceId = "order", Name = "Order" });

        (await RefusalAsync(client, "StartInstance", new CreateInstanceRequest { InstanceId = "order", Name = "Order" })).Should().Be(
            (6, "failed to create workflow instance: rpc error: code = AlreadyExists desc = an active workflow with ID 'order' already exists"));
        (await RefusalAsync(client, "PurgeInstances", new PurgeInstancesRequest { InstanceId = "order" })).Should().Be((2, "failed to purge workflow state: orchestration has not yet completed"));
        (await RefusalAsync(client, "RaiseEvent", new RaiseEventRequest { InstanceId = "nobody", Name = "x" })).Should().Be((2, "no such instance exists"));
        (await RefusalAsync(client, "GetInstanceHistory", new GetInstanceHistoryRequest { InstanceId = "nobody" })).Should().Be((5, "workflow instance 'nobody' not found"));
    }

    [Fact]
    public async Task Without_an_actor_state_store_workers_may_connect_and_clients_are_told_why_nothing_works()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var stream = await client.SendAsync("/TaskHubSidecarService/GetWorkItems", GrpcClient.Frame(new GetWorkItemsRequest()));
        var (status, message) = await RefusalAsync(client, "GetInstance", new GetInstanceRequest { InstanceId = "order" });
        status.Should().Be(13);
        message.Should().StartWith("failed to load workflow metadata: api error: code = Internal desc = the state store is not configured to use the actor runtime.");
    }

    [Fact]
    public async Task Two_sidecars_of_one_app_share_instances_and_workers()
    {
        await using var fixture = new SidecarFixture();
        var first = await fixture.StartAsync("shop", Store);
        var second = await fixture.StartAsync("shop", Store);
        await using var worker = new ScriptedWorker(Engine(first), waits);
        using var client = new GrpcClient(second.GrpcAddress);
        await CallAsync(client, "StartInstance", new CreateInstanceRequest { InstanceId = "order", Name = "Order" });
        worker.Turns.Should().NotBeEmpty();
        await first.StopAsync();
        (await GetAsync(client, "GetInstance")).Exists.Should().BeTrue("the engine lives as long as one of its sidecars");
    }

    private static WorkflowEngine Engine(RunningSidecar sidecar) => sidecar.Runtime.Blocks.OfType<WorkflowBlock>().Single().Engine!;

    private static async Task<byte[]> CallAsync(GrpcClient client, string method, IMessage request)
    {
        var (status, message, answer) = await client.CallAsync($"/TaskHubSidecarService/{method}", request).WaitAsync(Probe.Patience);
        status.Should().Be(0, message);
        return answer;
    }

    private static async Task<GetInstanceResponse> GetAsync(GrpcClient client, string method) =>
        GetInstanceResponse.Parser.ParseFrom(await CallAsync(client, method, new GetInstanceRequest { InstanceId = "order", GetInputsAndOutputs = true }));

    private static async Task<(int Status, string Message)> RefusalAsync(GrpcClient client, string method, IMessage request)
    {
        var (status, message, _) = await client.CallAsync($"/TaskHubSidecarService/{method}", request).WaitAsync(Probe.Patience);
        return (status, message);
    }
}
