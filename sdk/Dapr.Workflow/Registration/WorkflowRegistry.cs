using System.Diagnostics.CodeAnalysis;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Registration;

/// <summary>Finds a registered workflow or activity by its name, in any case.</summary>
internal sealed partial class WorkflowRegistry
{
    private readonly Dictionary<string, Registration<IWorkflow>> workflows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Registration<IWorkflowActivity>> activities = new(StringComparer.OrdinalIgnoreCase);

    public WorkflowRegistry(IEnumerable<WorkflowRuntimeOptions> options, ILogger<WorkflowRegistry> logger)
    {
        foreach (var given in options)
        {
            given.Workflows.ForEach(workflow => Add(workflows, "workflow", workflow, logger));
            given.Activities.ForEach(activity => Add(activities, "activity", activity, logger));
        }
    }

    public bool TryGetWorkflow(string name, [NotNullWhen(true)] out Registration<IWorkflow>? workflow) => workflows.TryGetValue(name, out workflow);

    public bool TryGetActivity(string name, [NotNullWhen(true)] out Registration<IWorkflowActivity>? activity) => activities.TryGetValue(name, out activity);

    private static void Add<T>(Dictionary<string, Registration<T>> all, string kind, Registration<T> registration, ILogger logger)
    {
        if (!all.TryAdd(registration.Name, registration))
            LogDuplicate(logger, kind, registration.Name);
    }

    [LoggerMessage(1, LogLevel.Warning, "A {Kind} named {Name} is already registered; the later one is ignored")]
    private static partial void LogDuplicate(ILogger logger, string kind, string name);
}
