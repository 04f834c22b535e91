namespace Dapr.Workflow;

/// <summary>The part of a workflow's context that says where the replay stands.</summary>
public interface IWorkflowContext
{
    /// <summary>Whether the code runs over work that an earlier turn already did.</summary>
    bool IsReplaying { get; }

    /// <summary>The workflow's clock (UTC): the start of the turn in which the code first reached this point.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>
    /// Whether this instance takes the code path of a patch: true for one that reaches this point for the first time, false for one that passed it before
    /// the patch was released. The first answer holds for the whole instance.
    /// </summary>
    bool IsPatched(string patchName);
}
