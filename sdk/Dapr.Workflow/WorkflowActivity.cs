using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>The base of an activity: one step with effects. It runs at least once, so a repetition must do no harm.</summary>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    Type IWorkflowActivity.InputType => typeof(TInput);

    Type IWorkflowActivity.OutputType => typeof(TOutput);

    /// <summary>Runs the activity with an input whose type is known only at run time.</summary>
    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) =>
        await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The activity's code. An exception fails the call in the workflow, as a <see cref="WorkflowTaskFailedException"/>.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
