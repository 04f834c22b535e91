namespace Dapr.Workflow;

/// <summary>
/// The base of a workflow. Its code runs again from the start on every turn, so it must do the same each time: time, ids and all work come from the
/// context, and only tasks of the context are awaited.
/// </summary>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    Type IWorkflow.InputType => typeof(TInput);

    Type IWorkflow.OutputType => typeof(TOutput);

    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) => await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The workflow's code. An exception ends the workflow as failed.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
