using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Grpc;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Sidecar.Workflow;

/// <summary>
/// The gRPC service of the SDKs' workflow workers and clients (<c>TaskHubSidecarService</c>): its methods, the stream of work items, and the wording
/// of refusals. Without an actor state store there is no engine, and only Hello and GetWorkItems succeed, as in Dapr.
/// </summary>
internal sealed partial class TaskHubService(WorkflowEngine? maybeEngine)
{
    private static readonly IMessage nothing = new Empty();

    private WorkflowEngine Engine => maybeEngine ?? throw WorkflowException.NoStateStore();

    /// <summary>Adds the service's methods.</summary>
    public void Map(GrpcMethods methods)
    {
        methods.ServerStream(Path("GetWorkItems"), GetWorkItemsRequest.Parser, (_, call) => StreamAsync(call));
        Add("Hello", Empty.Parser, "", (_, _) => Task.FromResult(nothing));
        Add("CompleteOrchestratorTask", WorkflowResponse.Parser, "", CompleteTurnAsync);
        Add("CompleteWorkflowTask", WorkflowResponse.Parser, "", CompleteTurnAsync);
        Add("CompleteActivityTask", ActivityResponse.Parser, "", CompleteActivityAsync);
        Add("StartInstance", CreateInstanceRequest.Parser, "failed to create workflow instance: ", StartAsync);
        Add("GetInstance", GetInstanceRequest.Parser, "failed to load workflow metadata: ", GetAsync);
        Add("WaitForInstanceStart", GetInstanceRequest.Parser, "", (request, cancel) => WaitAsync(request, view => view.HasBegun, cancel));
        Add("WaitForInstanceCompletion", GetInstanceRequest.Parser, "", (request, cancel) => WaitAsync(request, view => view.IsOver, cancel));
        Add("RaiseEvent", RaiseEventRequest.Parser, "", RaiseAsync);
        Add("TerminateInstance", TerminateRequest.Parser, "failed to submit termination request: ", TerminateAsync);
        Add("SuspendInstance", SuspendRequest.Parser, "", SuspendAsync);
        Add("ResumeInstance", ResumeRequest.Parser, "", ResumeAsync);
        Add("PurgeInstances", PurgeInstancesRequest.Parser, "failed to purge workflow state: ", PurgeAsync);
        Add("RerunWorkflowFromEvent", RerunWorkflowFromEventRequest.Parser, "", RerunAsync);
        Add("ListInstanceIDs", ListInstanceIDsRequest.Parser, "", ListAsync);
        Add("GetInstanceHistory", GetInstanceHistoryRequest.Parser, "", HistoryAsync);

        static string Path(string method) => $"/TaskHubSidecarService/{method}";

        void Add<TRequest>(string method, MessageParser<TRequest> parser, string refusal, Func<TRequest, CancellationToken, Task<IMessage>> handle) where TRequest : IMessage<TRequest> =>
            methods.Unary(Path(method), parser, async (request, cancel) =>
            {
                try { return await handle(request, cancel); }
                catch (WorkflowException e) { throw Refused(e, refusal); }
            });
    }

    /// <summary>Work items until either side ends.</summary>
    private async Task StreamAsync(GrpcCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, call.Stopping);
        var worker = maybeEngine?.Connect() ?? new Worker();
        try
        {
            await call.FlushAsync(); // some clients wait for the headers
            while (await worker.Items.WaitToReadAsync(end.Token))
            {
                while (worker.Items.TryRead(out var item)) call.Write(item.CalculateSize(), static (bytes, state) => ((Workers.WorkItem)state).WriteTo(bytes), item);
                await call.FlushAsync();
            }
        }
        catch (OperationCanceledException) when (call.Stopping.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.Cancelled, "shutting down");
        }
        finally
        {
            maybeEngine?.Disconnect(worker);
        }
    }

    private async Task<IMessage> CompleteTurnAsync(WorkflowResponse response, CancellationToken cancel)
    {
        await Engine.CompleteTurnAsync(response);
        return nothing;
    }

    private async Task<IMessage> CompleteActivityAsync(ActivityResponse response, CancellationToken cancel)
    {
        await Engine.CompleteActivityAsync(response);
        return nothing;
    }

    /// <summary>Puts Dapr's words before the reason; a missing state store alone is told without the form of an inner error.</summary>
    private static GrpcException Refused(WorkflowException e, string before) => new(e.Fault switch
    {
        WorkflowFault.AlreadyExists => GrpcStatus.AlreadyExists,
        WorkflowFault.NoWorker => GrpcStatus.FailedPrecondition,
        WorkflowFault.NoStateStore => GrpcStatus.Internal,
        _ => GrpcStatus.Unknown,
    }, before.Length == 0 && e.Fault == WorkflowFault.NoStateStore ? e.Message : before + e.Cause);
}
