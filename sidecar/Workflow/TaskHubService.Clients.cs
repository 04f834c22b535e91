using System.Globalization;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Resort.Sidecar.Grpc;
using Resort.Sidecar.Workflow.Instances;
using Resort.Sidecar.Workflow.Turns;

namespace Resort.Sidecar.Workflow;

/// <summary>What clients ask of the task-hub service. Start, terminate, suspend and resume wait until the workflow has done so.</summary>
internal sealed partial class TaskHubService
{
    /// <summary>Answers after the first turn, unless a start time was given.</summary>
    private async Task<IMessage> StartAsync(CreateInstanceRequest request, CancellationToken cancel)
    {
        var run = await Engine.StartAsync(request.InstanceId, request.Name, request.Input, request.ScheduledStartTimestamp, cancel);
        if (request.ScheduledStartTimestamp is null) await Engine.WaitAsync(request.InstanceId, view => view.Run > run || (view.Run == run && view.HasBegun), cancel);
        return new CreateInstanceResponse { InstanceId = request.InstanceId };
    }

    private Task<IMessage> GetAsync(GetInstanceRequest request, CancellationToken cancel) =>
        Task.FromResult<IMessage>(StateMessages.Answer(Engine.Get(request.InstanceId), request.GetInputsAndOutputs, parent: false));

    private async Task<IMessage> WaitAsync(GetInstanceRequest request, Func<InstanceView, bool> until, CancellationToken cancel)
    {
        try { if (Engine.Get(request.InstanceId).Exists) await Engine.WorkerAsync(request.InstanceId, cancel); }
        catch (WorkflowException e) when (e.Fault == WorkflowFault.NoWorker) { throw new GrpcException(GrpcStatus.FailedPrecondition, e.Message); } // without the form of an inner error, as in Dapr
        return StateMessages.Answer(await Engine.WaitAsync(request.InstanceId, until, cancel), request.GetInputsAndOutputs, parent: true);
    }

    private async Task<IMessage> RaiseAsync(RaiseEventRequest request, CancellationToken cancel)
    {
        await Engine.RaiseAsync(request.InstanceId, request.Name, request.Input, cancel);
        return nothing;
    }

    private async Task<IMessage> TerminateAsync(TerminateRequest request, CancellationToken cancel)
    {
        await Engine.TerminateAsync(request.InstanceId, request.Output, request.Recursive, cancel);
        await Engine.WaitAsync(request.InstanceId, view => view.IsOver, cancel);
        return nothing;
    }

    private async Task<IMessage> SuspendAsync(SuspendRequest request, CancellationToken cancel)
    {
        await Engine.SuspendAsync(request.InstanceId, request.Reason, cancel);
        await Engine.WaitAsync(request.InstanceId, view => view.IsOver || view.Status == OrchestrationStatus.Suspended, cancel);
        return nothing;
    }

    private async Task<IMessage> ResumeAsync(ResumeRequest request, CancellationToken cancel)
    {
        await Engine.ResumeAsync(request.InstanceId, request.Reason, cancel);
        await Engine.WaitAsync(request.InstanceId, view => view.IsOver || view.Status == OrchestrationStatus.Running, cancel);
        return nothing;
    }

    private async Task<IMessage> PurgeAsync(PurgeInstancesRequest request, CancellationToken cancel)
    {
        if (request.PurgeInstanceFilter is not null) throw new GrpcException(GrpcStatus.Unknown, "multi-instance purge is not unimplemented");
        return new PurgeInstancesResponse { DeletedInstanceCount = await Engine.PurgeAsync(request.InstanceId, request.Recursive, request.Force, cancel) };
    }

    private async Task<IMessage> RerunAsync(RerunWorkflowFromEventRequest request, CancellationToken cancel)
    {
        try { return new RerunWorkflowFromEventResponse { NewInstanceID = await Engine.RerunAsync(request, cancel) }; }
        catch (RerunException e)
        {
            throw new GrpcException(e.Fault switch
            {
                RerunFault.NotFound => GrpcStatus.NotFound,
                RerunFault.Invalid => GrpcStatus.InvalidArgument,
                _ => GrpcStatus.AlreadyExists,
            }, e.Message);
        }
    }

    private Task<IMessage> ListAsync(ListInstanceIDsRequest request, CancellationToken cancel)
    {
        var after = 0L;
        if (request.HasContinuationToken && !long.TryParse(request.ContinuationToken, CultureInfo.InvariantCulture, out after))
            throw new GrpcException(GrpcStatus.InvalidArgument, "continuationToken is not one that a former page gave");
        var (ids, next) = Engine.List(after, request.HasPageSize ? (int)Math.Min(request.PageSize, int.MaxValue) : null);
        var page = new ListInstanceIDsResponse { InstanceIds = { ids } };
        if (next is not null) page.ContinuationToken = next;
        return Task.FromResult<IMessage>(page);
    }

    private Task<IMessage> HistoryAsync(GetInstanceHistoryRequest request, CancellationToken cancel) => Engine.History(request.InstanceId) is { } events
        ? Task.FromResult<IMessage>(new GetInstanceHistoryResponse { Events = { events } })
        : throw new GrpcException(GrpcStatus.NotFound, $"workflow instance '{request.InstanceId}' not found");
}
