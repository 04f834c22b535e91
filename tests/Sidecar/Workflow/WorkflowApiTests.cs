using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow;
using static Resort.Tests.Sidecar.Workflow.Script;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>The workflow management API over HTTP.</summary>
public class WorkflowApiTests
{
    private const string Root = "/v1.0/workflows/dapr";

    private static readonly Script waits = new(past => past.Raised("go") ? [Complete(1, "\"went\"")] : past.IsTerminated ? [Complete(9, null, OrchestrationStatus.Terminated)] : []) { Status = "\"waiting\"" };

    [Fact]
    public async Task A_workflow_is_started_told_and_purged()
    {
        await using var sidecar = await SidecarFixture.OneAsync(TaskHubTests.Store);
        await using var worker = new ScriptedWorker(sidecar.Runtime.Blocks.OfType<WorkflowBlock>().Single().Engine!, waits);

        var (status, body) = await sidecar.CallAsync(HttpMethod.Post, $"{Root}/Order/start?instanceID=w-1", new { rooms = 2 });
        (status, (string?)body!["instanceID"]).Should().Be((202, "w-1"));
        var running = await UntilAsync(sidecar, "RUNNING");
        running["workflowName"]!.ToString().Should().Be("Order");
        running["properties"]!["dapr.workflow.input"]!.ToString().Should().Be("""{"rooms":2}""");
        running["properties"]!["dapr.workflow.custom_status"]!.ToString().Should().Be("\"waiting\"");

        foreach (var (command, state) in new[] { ("pause", "SUSPENDED"), ("resume", "RUNNING"), ("raiseEvent/go", "COMPLETED") })
        {
            (await sidecar.CallAsync(HttpMethod.Post, $"{Root}/w-1/{command}")).Status.Should().Be(202);
            await UntilAsync(sidecar, state);
        }
        (await sidecar.CallAsync(HttpMethod.Post, $"{Root}/w-1/purge")).Status.Should().Be(202);
        (await sidecar.CallAsync(HttpMethod.Get, $"{Root}/w-1")).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("GET", "/nobody", 404, "ERR_INSTANCE_ID_NOT_FOUND")]
    [InlineData("POST", "/nobody/terminate", 404, "ERR_INSTANCE_ID_NOT_FOUND")]
    [InlineData("POST", "/nobody/purge", 404, "ERR_INSTANCE_ID_NOT_FOUND")]
    [InlineData("POST", "/nobody/pause", 500, "ERR_PAUSE_WORKFLOW")]
    [InlineData("POST", "/nobody/resume", 500, "ERR_RESUME_WORKFLOW")]
    [InlineData("POST", "/nobody/raiseEvent/go", 500, "ERR_RAISE_EVENT_WORKFLOW")]
    [InlineData("POST", "/Order/start?instanceID=a.b", 400, "ERR_INSTANCE_ID_INVALID")]
    [InlineData("POST", "/Order/start?instanceID=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 400, "ERR_INSTANCE_ID_TOO_LONG")]
    [InlineData("POST", "/nobody/suspend", 404, "ERR_DIRECT_INVOKE")]
    public async Task Refusals_have_the_status_and_code_of_Dapr(string verb, string path, int status, string code)
    {
        await using var sidecar = await SidecarFixture.OneAsync(TaskHubTests.Store);
        await using var worker = new ScriptedWorker(sidecar.Runtime.Blocks.OfType<WorkflowBlock>().Single().Engine!, waits);
        var answer = await sidecar.CallAsync(new HttpMethod(verb), Root + path);
        (answer.Status, (string?)answer.Body!["errorCode"]).Should().Be((status, code));
    }

    [Fact]
    public async Task The_metadata_count_the_connected_workers()
    {
        await using var sidecar = await SidecarFixture.OneAsync(TaskHubTests.Store);
        await using var worker = new ScriptedWorker(sidecar.Runtime.Blocks.OfType<WorkflowBlock>().Single().Engine!, waits);
        var (_, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");
        ((int?)body!["workflows"]!["connectedWorkers"]).Should().Be(1);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> UntilAsync(RunningSidecar sidecar, string state) =>
        (await Probe.UntilAsync(state, () => sidecar.CallAsync(HttpMethod.Get, $"{Root}/w-1"), answer => (string?)answer.Body?["runtimeStatus"] == state)).Body!;
}
