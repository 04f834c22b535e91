using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow;

/// <inheritdoc cref="IDaprWorkflowClient"/>
public sealed class DaprWorkflowClient : IDaprWorkflowClient
{
    private readonly TaskHubClient hub;
    private readonly IDaprSerializer serializer;
    private readonly TimeProvider time;
    private readonly bool ownsHub;

    internal DaprWorkflowClient(TaskHubClient hub, IDaprSerializer serializer, TimeProvider time, bool ownsHub) =>
        (this.hub, this.serializer, this.time, this.ownsHub) = (hub, serializer, time, ownsHub);

    /// <inheritdoc/>
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, (DateTimeOffset?)null);

    /// <inheritdoc/>
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime is { } given ? new DateTimeOffset(given) : (DateTimeOffset?)null);

    /// <inheritdoc/>
    public async Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var answer = await hub.StartAsync(
            new CreateInstanceRequest
            {
                InstanceId = string.IsNullOrWhiteSpace(instanceId) ? Guid.CreateVersion7(time.GetUtcNow()).ToString("N") : instanceId,
                Name = name,
                Input = Serialize(input),
                ScheduledStartTimestamp = startTime is { } given ? Timestamp.FromDateTimeOffset(given) : null,
                ParentTraceContext = TraceParent.Current,
            },
            cancellation);
        return answer.InstanceId;
    }

    /// <inheritdoc/>
    public async Task<WorkflowState> GetWorkflowStateAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        var answer = await hub.GetAsync(Request(instanceId, getInputsAndOutputs), cancellation);
        return new WorkflowState(answer.Exists ? answer.WorkflowState : null, serializer);
    }

    /// <inheritdoc/>
    public Task<WorkflowState> WaitForWorkflowStartAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(hub.WaitForStartAsync, Request(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc/>
    public Task<WorkflowState> WaitForWorkflowCompletionAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(hub.WaitForCompletionAsync, Request(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc/>
    public Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return hub.RaiseEventAsync(new RaiseEventRequest { InstanceId = instanceId, Name = eventName, Input = Serialize(eventPayload) }, cancellation);
    }

    /// <inheritdoc/>
    public Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return hub.TerminateAsync(new TerminateRequest { InstanceId = instanceId, Output = Serialize(output), Recursive = true }, cancellation);
    }

    /// <inheritdoc/>
    public Task SuspendWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return hub.SuspendAsync(new SuspendRequest { InstanceId = instanceId, Reason = reason }, cancellation);
    }

    /// <inheritdoc/>
    public Task ResumeWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return hub.ResumeAsync(new ResumeRequest { InstanceId = instanceId, Reason = reason }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var answer = await hub.PurgeAsync(new PurgeInstancesRequest { InstanceId = instanceId, Recursive = true }, cancellation);
        return answer.DeletedInstanceCount > 0;
    }

    /// <summary>Closes the connection, unless it is the application's shared one.</summary>
    public void Dispose()
    {
        if (ownsHub)
            hub.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static GetInstanceRequest Request(string instanceId, bool getInputsAndOutputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new GetInstanceRequest { InstanceId = instanceId, GetInputsAndOutputs = getInputsAndOutputs };
    }

    private async Task<WorkflowState> WaitAsync(
        Func<GetInstanceRequest, CancellationToken, Task<GetInstanceResponse>> wait, GetInstanceRequest request, CancellationToken cancellation)
    {
        var answer = await WaitRetry.RunAsync(() => wait(request, cancellation), time, cancellation);
        return answer.Exists
            ? new WorkflowState(answer.WorkflowState, serializer)
            : throw new InvalidOperationException($"There is no workflow instance '{request.InstanceId}'.");
    }

    private string Serialize(object? value) => serializer.Serialize(value, null);
}
