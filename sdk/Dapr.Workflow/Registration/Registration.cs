namespace Dapr.Workflow.Registration;

/// <summary>A workflow or an activity under its name, and how one is made for a work item.</summary>
internal sealed record Registration<T>(string Name, Func<IServiceProvider, T> Create);
