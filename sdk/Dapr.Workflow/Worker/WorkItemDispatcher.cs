using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;
using Dapr.Workflow.Replay;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs work items side by side, a hundred workflow turns and a hundred activities at most, and sends their answers.</summary>
internal sealed partial class WorkItemDispatcher(
    TaskHubClient hub,
    WorkflowExecutor workflows,
    ActivityExecutor activities,
    ILogger<WorkItemDispatcher> logger) : IDisposable
{
    private const int Slots = 100;

    private readonly SemaphoreSlim turnSlots = new(Slots);
    private readonly SemaphoreSlim activitySlots = new(Slots);
    private readonly CancellationTokenSource closed = new();
    private volatile bool isDraining;

    /// <summary>Queues an item; it is answered when it has run.</summary>
    public void Dispatch(WorkItem item)
    {
        if (!isDraining)
            ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Dispatcher.RunAsync(work.Item), (Dispatcher: this, Item: item), preferLocal: false);
    }

    /// <summary>
    /// Takes no more items and waits for those in hand. What is not done when <paramref name="deadline"/> is cancelled is not answered at all: the sidecar
    /// hands it out again, and a failure caused by the shutdown must not pass for an outcome.
    /// </summary>
    public async Task DrainAsync(CancellationToken deadline)
    {
        if (isDraining)
            return;
        isDraining = true;
        try
        {
            for (var slot = 0; slot < Slots; slot++)
            {
                await turnSlots.WaitAsync(deadline);
                await activitySlots.WaitAsync(deadline);
            }
        }
        catch (OperationCanceledException)
        {
            LogUnfinished();
        }
        finally
        {
            await closed.CancelAsync();
        }
    }

    /// <summary>Items that are still in hand end on their own, without an answer.</summary>
    public void Dispose() => closed.Cancel();

    private async Task RunAsync(WorkItem item)
    {
        var slots = item.ActivityRequest is null ? turnSlots : activitySlots;
        try
        {
            await slots.WaitAsync(closed.Token);
            try
            {
                if (item.WorkflowRequest is { } turn)
                    await TurnAsync(turn, item.CompletionToken);
                else if (item.ActivityRequest is { } activity)
                    await ActivityAsync(activity, item.CompletionToken);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // comes again elsewhere
        }
        catch (Exception failure)
        {
            LogNotAnswered(failure, item.WorkflowRequest?.InstanceId ?? item.ActivityRequest?.WorkflowInstance?.InstanceId, failure.Message);
        }
    }

    private async Task TurnAsync(WorkflowRequest request, string token)
    {
        var response = await workflows.RunAsync(request);
        response.CompletionToken = token;
        await SendAsync(() => hub.CompleteAsync(response, closed.Token), tooLarge =>
        {
            response.Actions.Clear();
            response.Actions.Add(new WorkflowAction { CompleteWorkflow = Completion.Failed(tooLarge) });
        });
    }

    private async Task ActivityAsync(ActivityRequest request, string token)
    {
        var response = await activities.RunAsync(request);
        response.CompletionToken = token;
        await SendAsync(() => hub.CompleteAsync(response, closed.Token), tooLarge =>
        {
            response.Result = null;
            response.FailureDetails = tooLarge.ToDetails();
        });
    }

    // An answer that is too large would leave its item out for ever; a failure that says so ends it.
    private static async Task SendAsync(Func<Task> send, Action<GrpcException> shrink)
    {
        try
        {
            await send();
        }
        catch (GrpcException tooLarge) when (tooLarge.Status == GrpcStatusCode.ResourceExhausted)
        {
            shrink(tooLarge);
            await send();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "An item of workflow {InstanceId} was not answered: {Reason}. The sidecar hands it out again")]
    private partial void LogNotAnswered(Exception failure, string? instanceId, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Stopping before all work items are done; the sidecar hands them out again")]
    private partial void LogUnfinished();
}
