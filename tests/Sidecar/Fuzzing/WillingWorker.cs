using System.Buffers.Binary;
using Dapr.DurableTask.Protobuf;
using Resort.Tests.Sidecar.Grpc;
using Resort.Tests.Sidecar.Workflow;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>A worker that completes every workflow at once, whatever it is: without one, every start waits.</summary>
internal sealed class WillingWorker(GrpcClient grpc) : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private Task work = Task.CompletedTask;

    public async Task StartAsync()
    {
        var stream = await grpc.SendAsync("/TaskHubSidecarService/GetWorkItems", GrpcClient.Frame(new GetWorkItemsRequest()));
        work = WorkAsync(stream);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await work;
        end.Dispose();
    }

    private async Task WorkAsync(HttpResponseMessage answer)
    {
        using var _ = answer;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(end.Token);
            for (var head = new byte[5]; ;)
            {
                await stream.ReadExactlyAsync(head, end.Token);
                var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
                await stream.ReadExactlyAsync(message, end.Token);
                if (WorkItem.Parser.ParseFrom(message).WorkflowRequest is not { } turn) continue;
                await grpc.CallAsync("/TaskHubSidecarService/CompleteOrchestratorTask", new WorkflowResponse { InstanceId = turn.InstanceId, Actions = { Script.Complete(0) } });
            }
        }
        catch (OperationCanceledException) { /* the test is over */ }
    }
}
