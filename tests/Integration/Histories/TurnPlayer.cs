using System.Net;
using System.Threading.Channels;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Resort.Tests.Sidecar.Grpc;
using Resort.Workflows;

namespace Resort.Tests.Integration.Histories;

/// <summary>Plays the engine for a worker with today's sagas: hands it a turn and takes its answer.</summary>
internal sealed class TurnPlayer : IAsyncDisposable
{
    private readonly Channel<WorkItem> turns = Channel.CreateUnbounded<WorkItem>();
    private readonly Channel<WorkflowResponse> answers = Channel.CreateUnbounded<WorkflowResponse>();
    private readonly WebApplication hub;
    private IHost? worker;

    private TurnPlayer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        hub = builder.Build();
        hub.Run(AnswerAsync);
    }

    public static async Task<TurnPlayer> StartAsync()
    {
        var player = new TurnPlayer();
        await player.hub.StartAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("DAPR_GRPC_ENDPOINT", player.hub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single())]);
        builder.Services.AddDaprWorkflow(options => options.RegisterSagas());
        player.worker = builder.Build();
        await player.worker.StartAsync();
        return player;
    }

    public async Task<WorkflowResponse> PlayAsync(string instanceId, IEnumerable<HistoryEvent> past, IEnumerable<HistoryEvent> news)
    {
        await turns.Writer.WriteAsync(new WorkItem { CompletionToken = "turn", WorkflowRequest = new WorkflowRequest { InstanceId = instanceId, PastEvents = { past }, NewEvents = { news } } });
        return await answers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        turns.Writer.Complete();
        if (worker is not null)
        {
            await worker.StopAsync();
            worker.Dispose();
        }
        await hub.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        switch (context.Request.Path.Value!.Split('/')[2])
        {
            case "Hello":
                await WriteAsync(context, new Empty());
                break;
            case "GetWorkItems":
                await foreach (var turn in turns.Reader.ReadAllAsync(context.RequestAborted)) await WriteAsync(context, turn);
                break;
            case "CompleteOrchestratorTask":
                using (var body = new MemoryStream())
                {
                    await context.Request.Body.CopyToAsync(body);
                    await answers.Writer.WriteAsync(WorkflowResponse.Parser.ParseFrom(body.ToArray().AsSpan(5)));
                }
                await WriteAsync(context, new CompleteTaskResponse());
                break;
        }
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task WriteAsync(HttpContext context, IMessage message)
    {
        await context.Response.Body.WriteAsync(GrpcClient.Frame(message), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
