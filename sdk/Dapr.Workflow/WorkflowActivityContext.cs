using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>What an activity knows about its call.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskIdentifier Identifier { get; }

    /// <summary>A key of this call that stays the same when the activity is delivered again; an attempt of a retry policy is another call.</summary>
    public abstract string TaskExecutionKey { get; }

    /// <summary>The id of the workflow that called.</summary>
    public abstract string InstanceId { get; }
}
