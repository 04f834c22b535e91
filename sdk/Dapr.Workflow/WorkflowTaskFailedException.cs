namespace Dapr.Workflow;

/// <summary>An activity or a child workflow that the workflow called has failed.</summary>
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
{
    /// <summary>Why it failed.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } = failureDetails;
}
