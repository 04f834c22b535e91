using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow.Grpc;

/// <summary>The methods of the sidecar's task-hub service. The worker and the client of an application share one.</summary>
internal sealed class TaskHubClient(GrpcConnection connection) : IDisposable
{
    private readonly GrpcMethod<Empty> hello = Method(connection, "Hello", Empty.Parser);
    private readonly GrpcMethod<WorkItem> getWorkItems = Method(connection, "GetWorkItems", WorkItem.Parser);
    // The name that every released sidecar serves; CompleteWorkflowTask is new in 1.18.
    private readonly GrpcMethod<CompleteTaskResponse> completeWorkflow = Method(connection, "CompleteOrchestratorTask", CompleteTaskResponse.Parser);
    private readonly GrpcMethod<CompleteTaskResponse> completeActivity = Method(connection, "CompleteActivityTask", CompleteTaskResponse.Parser);
    private readonly GrpcMethod<CreateInstanceResponse> start = Method(connection, "StartInstance", CreateInstanceResponse.Parser);
    private readonly GrpcMethod<GetInstanceResponse> get = Method(connection, "GetInstance", GetInstanceResponse.Parser);
    private readonly GrpcMethod<GetInstanceResponse> waitForStart = Method(connection, "WaitForInstanceStart", GetInstanceResponse.Parser);
    private readonly GrpcMethod<GetInstanceResponse> waitForCompletion = Method(connection, "WaitForInstanceCompletion", GetInstanceResponse.Parser);
    private readonly GrpcMethod<RaiseEventResponse> raiseEvent = Method(connection, "RaiseEvent", RaiseEventResponse.Parser);
    private readonly GrpcMethod<TerminateResponse> terminate = Method(connection, "TerminateInstance", TerminateResponse.Parser);
    private readonly GrpcMethod<SuspendResponse> suspend = Method(connection, "SuspendInstance", SuspendResponse.Parser);
    private readonly GrpcMethod<ResumeResponse> resume = Method(connection, "ResumeInstance", ResumeResponse.Parser);
    private readonly GrpcMethod<PurgeInstancesResponse> purge = Method(connection, "PurgeInstances", PurgeInstancesResponse.Parser);

    public string Endpoint => connection.Endpoint;

    public Task HelloAsync(CancellationToken cancellation) => connection.CallAsync(hello, new Empty(), cancellation);

    public IAsyncEnumerable<WorkItem> GetWorkItemsAsync(CancellationToken cancellation) =>
        connection.StreamAsync(getWorkItems, new GetWorkItemsRequest(), cancellation);

    public Task CompleteAsync(WorkflowResponse response, CancellationToken cancellation) => connection.CallAsync(completeWorkflow, response, cancellation);

    public Task CompleteAsync(ActivityResponse response, CancellationToken cancellation) => connection.CallAsync(completeActivity, response, cancellation);

    public Task<CreateInstanceResponse> StartAsync(CreateInstanceRequest request, CancellationToken cancellation) =>
        connection.CallAsync(start, request, cancellation);

    public Task<GetInstanceResponse> GetAsync(GetInstanceRequest request, CancellationToken cancellation) => connection.CallAsync(get, request, cancellation);

    public Task<GetInstanceResponse> WaitForStartAsync(GetInstanceRequest request, CancellationToken cancellation) =>
        connection.CallAsync(waitForStart, request, cancellation);

    public Task<GetInstanceResponse> WaitForCompletionAsync(GetInstanceRequest request, CancellationToken cancellation) =>
        connection.CallAsync(waitForCompletion, request, cancellation);

    public Task RaiseEventAsync(RaiseEventRequest request, CancellationToken cancellation) => connection.CallAsync(raiseEvent, request, cancellation);

    public Task TerminateAsync(TerminateRequest request, CancellationToken cancellation) => connection.CallAsync(terminate, request, cancellation);

    public Task SuspendAsync(SuspendRequest request, CancellationToken cancellation) => connection.CallAsync(suspend, request, cancellation);

    public Task ResumeAsync(ResumeRequest request, CancellationToken cancellation) => connection.CallAsync(resume, request, cancellation);

    public Task<PurgeInstancesResponse> PurgeAsync(PurgeInstancesRequest request, CancellationToken cancellation) =>
        connection.CallAsync(purge, request, cancellation);

    public void Dispose() => connection.Dispose();

    private static GrpcMethod<T> Method<T>(GrpcConnection connection, string name, MessageParser<T> parser) where T : class, IMessage<T> =>
        connection.Method($"/TaskHubSidecarService/{name}", parser);
}
