extern alias workflow;
using System.Diagnostics;
using Dapr;
using Microsoft.AspNetCore.Http;
using workflow::Dapr.DurableTask.Protobuf;
using workflow::Dapr.Workflow.Grpc;

namespace Resort.Tests.Sdk.Workflow.Grpc;

public class GrpcConnectionTests
{
    private static readonly GetInstanceRequest Ask = new() { InstanceId = "i1" };

    private static async Task<GrpcException> FailureAsync(RequestDelegate answer)
    {
        await using var hub = await ScriptedHub.StartAsync(answer);
        using var client = hub.Client();
        var call = () => client.GetAsync(Ask, default);
        return (await call.Should().ThrowAsync<GrpcException>()).Which;
    }

    [Fact]
    public async Task A_call_is_one_framed_message_over_http_2()
    {
        byte[] body = [];
        var headers = new Dictionary<string, string>();
        var path = "";
        await using var hub = await ScriptedHub.StartAsync(async context =>
        {
            using var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy);
            body = copy.ToArray();
            headers = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            path = $"{context.Request.Protocol} {context.Request.Method} {context.Request.Path}";
            await ScriptedHub.AnswerAsync(context, new GetInstanceResponse { Exists = true });
        });
        using var client = hub.Client("secret");

        (await client.GetAsync(Ask, default)).Exists.Should().BeTrue();
        path.Should().Be("HTTP/2 POST /TaskHubSidecarService/GetInstance");
        body.Should().Equal(ScriptedHub.Frame(Ask));
        headers.Should().Contain([new("content-type", "application/grpc"), new("te", "trailers"), new("dapr-api-token", "secret")]);
        headers.Should().ContainKey("user-agent");
    }

    [Fact]
    public async Task No_token_is_no_header()
    {
        var sent = true;
        await using var hub = await ScriptedHub.StartAsync(context =>
        {
            sent = context.Request.Headers.ContainsKey("dapr-api-token");
            return ScriptedHub.AnswerAsync(context, new GetInstanceResponse());
        });
        using var client = hub.Client();

        await client.GetAsync(Ask, default);
        sent.Should().BeFalse();
    }

    [Fact]
    public async Task The_current_trace_goes_along()
    {
        var trace = "";
        await using var hub = await ScriptedHub.StartAsync(context =>
        {
            trace = context.Request.Headers.TraceParent.ToString();
            return ScriptedHub.AnswerAsync(context, new GetInstanceResponse());
        });
        using var client = hub.Client();
        using var activity = new Activity("test").Start();

        await client.GetAsync(Ask, default);
        trace.Should().StartWith($"00-{activity.TraceId}-");
    }

    [Fact]
    public async Task A_refusal_in_the_headers_is_read_and_decoded()
    {
        var failure = await FailureAsync(context =>
        {
            ScriptedHub.Refuse(context, 5, "no such%20instance %E2%82%A9");
            return Task.CompletedTask;
        });

        failure.Status.Should().Be(GrpcStatusCode.NotFound);
        failure.Message.Should().Be("/TaskHubSidecarService/GetInstance failed with status NotFound: no such instance ₩");
        failure.Should().BeAssignableTo<DaprException>();
    }

    [Fact]
    public async Task A_failure_in_the_trailers_is_read()
    {
        var failure = await FailureAsync(async context =>
        {
            context.Response.ContentType = "application/grpc+proto";
            await context.Response.Body.WriteAsync(ScriptedHub.Frame(new GetInstanceResponse()));
            context.Response.AppendTrailer("grpc-status", "2");
            context.Response.AppendTrailer("grpc-message", "late");
        });

        (failure.Status, failure.Message).Should().Be((GrpcStatusCode.Unknown, "/TaskHubSidecarService/GetInstance failed with status Unknown: late"));
    }

    [Theory]
    [InlineData(401, GrpcStatusCode.Unauthenticated)]
    [InlineData(404, GrpcStatusCode.Unimplemented)]
    [InlineData(503, GrpcStatusCode.Unavailable)]
    [InlineData(400, GrpcStatusCode.Internal)]
    [InlineData(418, GrpcStatusCode.Unknown)]
    public async Task An_answer_of_something_else_counts_by_its_http_status(int http, object expected)
    {
        var failure = await FailureAsync(context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        });

        failure.Status.Should().Be((GrpcStatusCode)expected);
        failure.Message.Should().Contain($"{http}");
    }

    [Fact]
    public async Task An_answer_that_is_not_grpc_is_refused() =>
        (await FailureAsync(context => context.Response.WriteAsync("hello"))).Message.Should().Contain("not gRPC");

    [Theory]
    [InlineData("", "without a message")]
    [InlineData("0000", "inside the prefix")]
    [InlineData("000000000508", "inside a message of 5 bytes")]
    [InlineData("0100000000", "compressed")]
    [InlineData("00ffffffff", "4294967295 bytes")]
    [InlineData("00000000000000000000", "more than one message")]
    public async Task A_broken_answer_is_refused(string hex, string reason)
    {
        var failure = await FailureAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(Convert.FromHexString(hex));
            context.Response.AppendTrailer("grpc-status", "0");
        });

        (failure.Status, failure.Message).Should().Be((GrpcStatusCode.Internal, failure.Message));
        failure.Message.Should().Contain(reason);
    }

    [Fact]
    public async Task An_answer_without_a_status_is_a_failure()
    {
        var failure = await FailureAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(ScriptedHub.Frame(new GetInstanceResponse()));
        });

        failure.Message.Should().Contain("without a status");
    }

    [Fact]
    public async Task Messages_arrive_however_the_stream_is_cut()
    {
        var items = Enumerable.Range(0, 300).Select(i => new WorkItem { CompletionToken = new string('x', i * i % 9000) }).ToArray();
        await using var hub = await ScriptedHub.StartAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            var bytes = items.SelectMany(ScriptedHub.Frame).ToArray();
            for (var (at, size) = (0, 1); at < bytes.Length; at += size, size = (size * 7 % 20_000) + 1)
            {
                await context.Response.Body.WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        });
        using var client = hub.Client();

        var received = await client.GetWorkItemsAsync(default).ToListAsync();
        received.Should().Equal(items);
    }

    [Fact]
    public async Task A_stream_that_ends_in_an_error_gives_its_messages_first()
    {
        await using var hub = await ScriptedHub.StartAsync(async context =>
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(ScriptedHub.Frame(new WorkItem { CompletionToken = "t" }));
            context.Response.AppendTrailer("grpc-status", "1");
        });
        using var client = hub.Client();

        var received = new List<string>();
        var read = async () =>
        {
            await foreach (var item in client.GetWorkItemsAsync(default))
                received.Add(item.CompletionToken);
        };
        (await read.Should().ThrowAsync<GrpcException>()).Which.Status.Should().Be(GrpcStatusCode.Cancelled);
        received.Should().Equal("t");
    }

    [Fact]
    public async Task A_sidecar_that_is_not_there_is_unavailable()
    {
        var hub = await ScriptedHub.StartAsync(_ => Task.CompletedTask);
        using var client = hub.Client();
        await hub.DisposeAsync();

        var call = () => client.GetAsync(Ask, default);
        var failure = (await call.Should().ThrowAsync<GrpcException>()).Which;
        failure.Status.Should().Be(GrpcStatusCode.Unavailable);
        failure.Message.Should().Contain(client.Endpoint);
    }

    [Fact]
    public async Task A_call_that_is_cut_off_is_unavailable() =>
        (await FailureAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        })).Status.Should().Be(GrpcStatusCode.Unavailable);

    [Fact]
    public async Task Cancelling_ends_a_call_on_both_sides()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var hub = await ScriptedHub.StartAsync(async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            begun.SetResult();
            await ended.Task;
        });
        using var client = hub.Client();
        using var cancel = new CancellationTokenSource();

        var call = client.GetAsync(Ask, cancel.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await cancel.CancelAsync();
        var waiting = () => call;
        await waiting.Should().ThrowAsync<OperationCanceledException>();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
