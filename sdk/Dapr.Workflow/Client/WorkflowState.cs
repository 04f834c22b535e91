using Dapr.Common.Serialization;
using Dapr.Workflow.Grpc;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow;

/// <summary>Where an instance stood when the sidecar was asked.</summary>
public sealed class WorkflowState
{
    private readonly Dapr.DurableTask.Protobuf.WorkflowState? state;
    private readonly IDaprSerializer serializer;

    internal WorkflowState(Dapr.DurableTask.Protobuf.WorkflowState? state, IDaprSerializer serializer) => (this.state, this.serializer) = (state, serializer);

    /// <summary>The workflow's name; empty while it has not run, null when the instance does not exist.</summary>
    public string? WorkflowName => state?.Name;

    /// <summary>Whether there is such an instance.</summary>
    public bool Exists => state is not null;

    /// <summary>Whether it has begun and is neither held nor ended.</summary>
    public bool IsWorkflowRunning => RuntimeStatus == WorkflowRuntimeStatus.Running;

    /// <summary>Whether it has ended, in whatever way.</summary>
    public bool IsWorkflowCompleted =>
        RuntimeStatus is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt => Time(state?.CreatedTimestamp);

    /// <summary>When its history last grew.</summary>
    public DateTimeOffset LastUpdatedAt => Time(state?.LastUpdatedTimestamp);

    /// <summary>Its status; <see cref="WorkflowRuntimeStatus.Unknown"/> when it does not exist.</summary>
    public WorkflowRuntimeStatus RuntimeStatus => state is null ? WorkflowRuntimeStatus.Unknown : (WorkflowRuntimeStatus)state.WorkflowStatus;

    /// <summary>Why it failed; null unless it did and payloads were asked for.</summary>
    public WorkflowTaskFailureDetails? FailureDetails => state?.FailureDetails is { } details ? details.ToPublic() : null;

    /// <summary>Its input, if payloads were asked for; otherwise the default.</summary>
    public T? ReadInputAs<T>() => serializer.Deserialize<T>(state?.Input);

    /// <summary>Its result, if it has one and payloads were asked for; otherwise the default.</summary>
    public T? ReadOutputAs<T>() => serializer.Deserialize<T>(state?.Output);

    /// <summary>Its custom status, if it has one and payloads were asked for; otherwise the default.</summary>
    public T? ReadCustomStatusAs<T>() => serializer.Deserialize<T>(state?.CustomStatus);

    private static DateTimeOffset Time(Timestamp? time) => time?.ToDateTimeOffset() ?? default;
}
