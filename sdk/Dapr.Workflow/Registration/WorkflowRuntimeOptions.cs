using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow;

/// <summary>
/// The workflows and activities of an application. Names are found in any case; the first registration of a name holds. Classes are made anew for each work
/// item, with constructor arguments from a scope of their own.
/// </summary>
public sealed class WorkflowRuntimeOptions
{
    internal List<Registration<IWorkflow>> Workflows { get; } = [];

    internal List<Registration<IWorkflowActivity>> Activities { get; } = [];

    /// <summary>Registers a function as a workflow.</summary>
    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        var workflow = new DelegateWorkflow<TInput, TOutput>(implementation);
        Workflows.Add(new Registration<IWorkflow>(name, _ => workflow));
    }

    /// <summary>Registers a class as a workflow, by default under its simple name.</summary>
    public void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow =>
        Workflows.Add(ForClass<TWorkflow, IWorkflow>(name));

    /// <summary>Registers a function as an activity.</summary>
    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        var activity = new DelegateActivity<TInput, TOutput>(implementation);
        Activities.Add(new Registration<IWorkflowActivity>(name, _ => activity));
    }

    /// <summary>Registers a class as an activity, by default under its simple name.</summary>
    public void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity =>
        Activities.Add(ForClass<TActivity, IWorkflowActivity>(name));

    private static Registration<T> ForClass<TClass, T>(string? name) where TClass : class, T
    {
        var factory = ActivatorUtilities.CreateFactory<TClass>([]);
        return new Registration<T>(string.IsNullOrWhiteSpace(name) ? typeof(TClass).Name : name, services => factory(services, null));
    }
}
