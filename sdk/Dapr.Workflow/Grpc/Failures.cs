using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>Failures on the wire and in the code.</summary>
internal static class Failures
{
    public static TaskFailureDetails ToDetails(this Exception failure) => new()
    {
        ErrorType = failure.GetType().FullName,
        ErrorMessage = failure.Message,
        StackTrace = failure.StackTrace,
    };

    /// <summary>The details as applications see them; a child that was terminated has none.</summary>
    public static WorkflowTaskFailureDetails ToPublic(this TaskFailureDetails? details) => details is null
        ? new WorkflowTaskFailureDetails("Terminated", "It ended without a result or an error; it was terminated.")
        : new WorkflowTaskFailureDetails(details.ErrorType, details.ErrorMessage, details.StackTrace);
}
