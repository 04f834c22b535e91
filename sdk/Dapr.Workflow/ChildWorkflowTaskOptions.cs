namespace Dapr.Workflow;

/// <summary>How a child workflow is called.</summary>
public record ChildWorkflowTaskOptions : WorkflowTaskOptions
{
    /// <summary>Creates options.</summary>
    public ChildWorkflowTaskOptions(string? InstanceId = null, WorkflowRetryPolicy? RetryPolicy = null, string? TargetAppId = null)
        : base(RetryPolicy, TargetAppId) => this.InstanceId = InstanceId;

    /// <summary>The child's id; null: one from <see cref="WorkflowContext.NewGuid"/>.</summary>
    public string? InstanceId { get; init; }
}
