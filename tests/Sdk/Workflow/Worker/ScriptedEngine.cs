extern alias workflow;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapr.Workflow;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Resort.Tests.Sdk.Workflow.Grpc;
using Resort.Tests.Sdk.Workflow.Replay;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Worker;

/// <summary>An engine that hands out the items it is told to and keeps the answers: for what a healthy engine does not do.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<IMessage> answers = Channel.CreateUnbounded<IMessage>();
    private readonly Channel<Channel<WorkItem>> streams = Channel.CreateUnbounded<Channel<WorkItem>>();
    private readonly ConcurrentQueue<int> refusals = new();
    private ScriptedHub? hub;

    /// <summary>What the workers logged.</summary>
    public RecordingLoggers Log { get; } = new();

    /// <summary>How many answers nobody has looked at yet.</summary>
    public int AnswersWaiting => answers.Reader.Count;

    /// <summary>Starts to listen; on the port of before, if it has listened already.</summary>
    public async Task ListenAsync() => hub = await ScriptedHub.StartAsync(AnswerAsync, hub?.Address.Port ?? 0);

    /// <summary>Ends the connections and listens no more.</summary>
    public ValueTask StopAsync() => hub!.DisposeAsync();

    /// <summary>The next stream that a worker opens; completing its writer ends it.</summary>
    public Task<Channel<WorkItem>> StreamAsync() => streams.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next answer of a worker.</summary>
    public async Task<T> AnswerAsync<T>() where T : IMessage => (T)await answers.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Refuses the next answer with this gRPC status.</summary>
    public void RefuseAnswer(int status) => refusals.Enqueue(status);

    /// <summary>A worker with these workflows and activities, started.</summary>
    public async Task<IHost> WorkerAsync(Action<WorkflowRuntimeOptions> configure, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("DAPR_GRPC_ENDPOINT", hub!.Address.ToString())]);
        builder.Logging.AddProvider(Log);
        services?.Invoke(builder.Services);
        builder.Services.AddDaprWorkflow(configure);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static WorkItem Activity(string name, int taskId = 0, string input = "", string taskExecutionId = "") => new()
    {
        CompletionToken = $"token-{taskId}",
        ActivityRequest = new ActivityRequest
        {
            Name = name,
            TaskId = taskId,
            Input = input,
            TaskExecutionId = taskExecutionId,
            WorkflowInstance = new WorkflowInstance { InstanceId = "i1" },
        },
    };

    public static WorkItem FirstTurn(string name, string input = "") => new()
    {
        CompletionToken = "turn",
        WorkflowRequest = new WorkflowRequest
        {
            InstanceId = "i1",
            NewEvents =
            {
                new HistoryEvent { Timestamp = Timestamp.FromDateTime(ReplayedInstance.Noon), WorkflowStarted = new WorkflowStartedEvent() },
                new HistoryEvent { ExecutionStarted = new ExecutionStartedEvent { Name = name, Input = input } },
            },
        },
    };

    public async ValueTask DisposeAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        Log.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value!.Split('/')[2])
        {
            case "Hello":
                await ScriptedHub.AnswerAsync(context, new Empty());
                break;
            case "GetWorkItems":
                await StreamAsync(context);
                break;
            case "CompleteOrchestratorTask":
                await TakeAsync(context, WorkflowResponse.Parser);
                break;
            case "CompleteActivityTask":
                await TakeAsync(context, ActivityResponse.Parser);
                break;
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        var items = Channel.CreateUnbounded<WorkItem>();
        await streams.Writer.WriteAsync(items);
        try
        {
            await foreach (var item in items.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(ScriptedHub.Frame(item));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
        }
        catch (OperationCanceledException)
        {
            // the worker has gone
        }
    }

    private async Task TakeAsync<T>(HttpContext context, MessageParser<T> parser) where T : IMessage<T>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (refusals.TryDequeue(out var status))
        {
            ScriptedHub.Refuse(context, status, "refused");
            return;
        }

        await answers.Writer.WriteAsync(parser.ParseFrom(body.ToArray().AsSpan(5)));
        await ScriptedHub.AnswerAsync(context, new CompleteTaskResponse());
    }
}
