namespace Dapr.Workflow;

/// <summary>How an activity is called.</summary>
public record WorkflowTaskOptions
{
    /// <summary>Creates options.</summary>
    public WorkflowTaskOptions(WorkflowRetryPolicy? RetryPolicy = null, string? TargetAppId = null) =>
        (this.RetryPolicy, this.TargetAppId) = (RetryPolicy, TargetAppId);

    /// <summary>How a failed call is repeated; null: not at all.</summary>
    public WorkflowRetryPolicy? RetryPolicy { get; init; }

    /// <summary>The app that runs the call; null: the workflow's own.</summary>
    public string? TargetAppId { get; init; }
}
