using System.Net;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Resort.Tests.Sidecar.Grpc;

public class GrpcServerTests
{
    private const string Hub = "/TaskHubSidecarService/";

    [Fact]
    public async Task A_unary_call_is_answered_with_a_message_and_status_0_in_the_trailers()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var answer = await client.SendAsync(Hub + "Hello", GrpcClient.Frame(new Empty()));
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(0, 0, 0, 0, 0);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/grpc");
        answer.TrailingHeaders.GetValues("grpc-status").Should().Equal("0");
    }

    [Fact]
    public async Task An_unknown_method_is_refused_as_a_call_to_be_forwarded_to_nobody()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        using var client = new GrpcClient(sidecar.GrpcAddress);
        var (status, message, _) = await client.CallAsync(Hub + "Nonsense", new Empty());
        (status, message).Should().Be((2, "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found"));
    }

    [Fact]
    public async Task Broken_messages_are_refused_and_the_next_call_is_served()
    {
        await using var sidecar = await SidecarFixture.OneAsync(options: options => options with { MaxBodySize = 100 });
        using var client = new GrpcClient(sidecar.GrpcAddress);

        (await client.CallAsync(Hub + "GetInstance", GrpcClient.Frame(new GetInstanceRequest { InstanceId = new string('x', 200) }))).Should().BeEquivalentTo(
            (8, "grpc: received message larger than max (203 vs. 100)", Array.Empty<byte>()));
        (await client.CallAsync(Hub + "Hello", [1, 0, 0, 0, 0])).Status.Should().Be(12, "compression was not agreed on");
        (await client.CallAsync(Hub + "Hello", [0, 0, 0, 0, 9, 1])).Status.Should().Be(13, "the message is cut off");
        (await client.CallAsync(Hub + "Hello", [])).Status.Should().Be(13);
        (await client.CallAsync(Hub + "GetInstance", [0, 0, 0, 0, 2, 0xff, 0xff])).Status.Should().Be(13, "this is no protobuf");
        (await client.CallAsync(Hub + "Hello", new Empty())).Status.Should().Be(0);
    }

    [Fact]
    public async Task What_is_not_gRPC_is_not_taken()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var answer = await client.SendAsync(Hub + "Hello", [], contentType: "application/json");
        answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task With_an_API_token_every_call_needs_it()
    {
        await using var sidecar = await SidecarFixture.OneAsync(options: options => options with { ApiToken = "secret" });
        using var client = new GrpcClient(sidecar.GrpcAddress);
        (await client.CallAsync(Hub + "Hello", new Empty())).Should().BeEquivalentTo((16, "Unauthorized", Array.Empty<byte>()));
        (await client.CallAsync(Hub + "Hello", new Empty(), "wrong")).Status.Should().Be(16);
        (await client.CallAsync(Hub + "Hello", new Empty(), "secret")).Status.Should().Be(0);
    }

    [Fact]
    public async Task A_stop_ends_streams_and_waiting_calls_with_CANCELLED()
    {
        await using var sidecar = await SidecarFixture.OneAsync(Workflow.TaskHubTests.Store);
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var stream = await client.SendAsync(Hub + "GetWorkItems", GrpcClient.Frame(new GetWorkItemsRequest()));
        var waiting = client.CallAsync(Hub + "WaitForInstanceStart", new GetInstanceRequest { InstanceId = "nobody" });

        await client.CallAsync(Hub + "Hello", new Empty()); // the call before it has arrived

        await sidecar.StopAsync();

        (await waiting).Should().BeEquivalentTo((1, "context canceled", Array.Empty<byte>()));
        await stream.Content.ReadAsByteArrayAsync();
        GrpcClient.Header(stream, "grpc-status").Should().Be("1");
        GrpcClient.Header(stream, "grpc-message").Should().Be("shutting down");
    }

    [Theory]
    [InlineData("50m", "4", "context deadline exceeded")]
    [InlineData("1n", "4", "context deadline exceeded")]
    [InlineData("soon", "13", "malformed grpc-timeout: soon")]
    [InlineData("123456789S", "13", "malformed grpc-timeout: 123456789S")]
    public async Task A_call_that_waits_ends_with_its_deadline(string timeout, string status, string message)
    {
        await using var sidecar = await SidecarFixture.OneAsync(Workflow.TaskHubTests.Store);
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var answer = await client.SendAsync(Hub + "WaitForInstanceStart", GrpcClient.Frame(new GetInstanceRequest { InstanceId = "nobody" }), timeout: timeout);
        await answer.Content.ReadAsByteArrayAsync();
        (GrpcClient.Header(answer, "grpc-status"), GrpcClient.Header(answer, "grpc-message")).Should().Be((status, message));
    }

    [Fact]
    public async Task A_deadline_in_time_changes_nothing()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        using var client = new GrpcClient(sidecar.GrpcAddress);
        using var answer = await client.SendAsync(Hub + "Hello", GrpcClient.Frame(new Empty()), timeout: "99999999H");
        await answer.Content.ReadAsByteArrayAsync();
        GrpcClient.Header(answer, "grpc-status").Should().Be("0");
    }
}
