namespace Dapr.Workflow;

/// <summary>How an activity is called.</summary>
/// <param name="RetryPolicy">How a failed call is repeated; null: not at all.</param>
/// <param name="TargetAppId">The app that runs the call; null: the workflow's own.</param>
/// <param name="PropagationScope">How much history the call is given.</param>
public record WorkflowTaskOptions(
    WorkflowRetryPolicy? RetryPolicy = null,
    string? TargetAppId = null,
    HistoryPropagationScope PropagationScope = HistoryPropagationScope.None);
