using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Replay;

/// <summary>What a turn answers.</summary>
internal sealed partial class WorkflowTurn
{
    private CompleteWorkflowAction? End()
    {
        if (code is null)
            return Completion.Failed(new InvalidOperationException("The history does not say how the workflow started."));
        if (code.IsCompleted)
            return EndOfCode(code);
        if (termination is not null)
            return Completion.Terminated(termination.Input);
        return context.IsAwaited
            ? null
            : Completion.Failed(new InvalidOperationException(
                "The workflow waits for something that its context does not know, so it would never go on. "
                + "Workflow code awaits only tasks of its context, without ConfigureAwait(false), Task.Run or I/O."));
    }

    private CompleteWorkflowAction EndOfCode(Task<object?> ended)
    {
        try
        {
            var result = ended.GetAwaiter().GetResult();
            return context.Continuation is { } next
                ? Completion.ContinuedAsNew(next.Input, next.KeepEvents ? context.Events.Unclaimed : [])
                : Completion.Completed(serializer.Serialize(result, null));
        }
        catch (Exception failure)
        {
            return Completion.Failed(failure);
        }
    }

    /// <summary>Calls that nobody awaited go out beside a regular end; the other ends drop them.</summary>
    private WorkflowResponse Answer(CompleteWorkflowAction? end, bool withCalls = true)
    {
        var response = new WorkflowResponse { InstanceId = request.InstanceId, CustomStatus = context.CustomStatus };
        if (withCalls && end?.WorkflowStatus is null or OrchestrationStatus.Completed or OrchestrationStatus.Failed)
            response.Actions.AddRange(context.NewCalls());
        if (end is not null)
            response.Actions.Add(new WorkflowAction { CompleteWorkflow = end });
        if (context.Patches.Taken.Count > 0)
            response.Version = new WorkflowVersion { Name = context.Name, Patches = { context.Patches.Taken } };
        return response;
    }
}
