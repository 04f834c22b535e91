namespace Dapr.Workflow;

/// <summary>A workflow as the worker runs it. Derive from <see cref="Workflow{TInput, TOutput}"/> instead of implementing it.</summary>
public interface IWorkflow
{
    /// <summary>The type that the input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of the result.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow from its start; on later turns again, against what its history says.</summary>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
