namespace Dapr.Workflow;

/// <summary>How a child workflow is called.</summary>
/// <param name="InstanceId">The child's id; null: one from <see cref="WorkflowContext.NewGuid"/>.</param>
/// <param name="RetryPolicy">How a failed call is repeated; null: not at all.</param>
/// <param name="TargetAppId">The app that runs the child; null: the workflow's own.</param>
/// <param name="PropagationScope">How much history the child is given.</param>
public record ChildWorkflowTaskOptions(
    string? InstanceId = null,
    WorkflowRetryPolicy? RetryPolicy = null,
    string? TargetAppId = null,
    HistoryPropagationScope PropagationScope = HistoryPropagationScope.None) : WorkflowTaskOptions(RetryPolicy, TargetAppId, PropagationScope);
