using Dapr.Workflow;

namespace Resort.Workflows;

/// <summary>Infrastructure faults are retried; business outcomes are results and never get here.</summary>
internal static class Retries
{
    public static readonly WorkflowTaskOptions WhileTheCustomerWaits = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 3, firstRetryInterval: TimeSpan.FromMilliseconds(250), backoffCoefficient: 2));

    /// <summary>For what must not be given up. The instance stays visible as running meanwhile.</summary>
    public static readonly WorkflowTaskOptions UntilDone = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: int.MaxValue, firstRetryInterval: TimeSpan.FromMilliseconds(500), backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));
}
