using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Api;
using Resort.Sidecar.Grpc;
using Resort.Sidecar.Workflow.Protobuf;

namespace Resort.Sidecar.Workflow;

/// <summary>The workflow calls of the <c>Dapr</c> gRPC service, which do what those over HTTP do.</summary>
internal sealed class DaprWorkflowService(WorkflowManagement management)
{
    private const string StartTimeOption = "dapr.workflow.start_time";
    private static readonly IMessage nothing = new Empty();

    public void Map(GrpcMethods methods)
    {
        foreach (var version in new[] { "Beta1", "Alpha1" })
        {
            string Path(string method) => $"/dapr.proto.runtime.v1.Dapr/{method}Workflow{version}";
            methods.Unary(Path("Start"), StartWorkflowRequest.Parser, (request, cancel) => Guard(() => StartAsync(request, cancel)));
            methods.Unary(Path("Get"), WorkflowRequestById.Parser, (request, _) => Guard(() => Task.FromResult<IMessage>(Get(request.InstanceId))));
            methods.Unary(Path("RaiseEvent"), RaiseEventWorkflowRequest.Parser, (request, cancel) =>
                Guard(() => management.RaiseAsync(request.InstanceId, request.EventName, request.EventData.ToStringUtf8(), cancel)));
            methods.Unary(Path("Terminate"), WorkflowRequestById.Parser, (request, cancel) => Guard(() => management.TerminateAsync(request.InstanceId, cancel)));
            methods.Unary(Path("Pause"), WorkflowRequestById.Parser, (request, cancel) => Guard(() => management.PauseAsync(request.InstanceId, cancel)));
            methods.Unary(Path("Resume"), WorkflowRequestById.Parser, (request, cancel) => Guard(() => management.ResumeAsync(request.InstanceId, cancel)));
            methods.Unary(Path("Purge"), WorkflowRequestById.Parser, (request, cancel) => Guard(() => management.PurgeAsync(request.InstanceId, cancel)));
        }
    }

    private async Task<IMessage> StartAsync(StartWorkflowRequest request, CancellationToken cancel)
    {
        var start = request.Options.TryGetValue(StartTimeOption, out var text) ? StartTime(text) : null;
        return new StartWorkflowResponse { InstanceId = await management.StartAsync(request.WorkflowName, request.InstanceId, request.Input.ToStringUtf8(), start, cancel) };
    }

    /// <summary>An instance that does not exist is no error here: the answer has only its id.</summary>
    private GetWorkflowResponse Get(string id)
    {
        var view = management.Get(id);
        if (!view.Exists) return new GetWorkflowResponse { InstanceId = id };
        var response = new GetWorkflowResponse
        {
            InstanceId = id,
            WorkflowName = view.Started?.Name ?? "",
            CreatedAt = view.CreatedAt,
            LastUpdatedAt = view.UpdatedAt,
            RuntimeStatus = WorkflowManagement.StatusName(view.Status),
        };
        foreach (var (name, value) in WorkflowManagement.Properties(view)) response.Properties.Add(name, value);
        return response;
    }

    private static Timestamp StartTime(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? Timestamp.FromDateTimeOffset(time)
        : throw new GrpcException(GrpcStatus.InvalidArgument, $"{StartTimeOption} is no RFC 3339 time: '{text}'");

    private static Task<IMessage> Guard(Func<Task> handle) => Guard(async () => { await handle(); return nothing; });

    private static async Task<IMessage> Guard(Func<Task<IMessage>> handle)
    {
        try { return await handle(); }
        catch (DaprException e)
        {
            throw new GrpcException(e.Error.Status switch
            {
                400 => GrpcStatus.InvalidArgument,
                404 => GrpcStatus.NotFound,
                _ => GrpcStatus.Internal,
            }, e.Message);
        }
    }
}
