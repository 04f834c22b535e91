using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Workflow;

/// <summary>The engines of a process: the sidecars of one app share one, and so its instances and its workers.</summary>
internal sealed class WorkflowEngines
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (WorkflowEngine Engine, int Users)> engines = new(StringComparer.Ordinal);

    /// <summary>The engine of a sidecar's app, over its actor state store; null if it has none.</summary>
    /// <exception cref="Components.ResourceException">Several state stores are marked as actor state store.</exception>
    public WorkflowEngine? Acquire(DaprRuntime runtime)
    {
        if (ActorStateStore.Find(runtime) is not { } database) return null;
        var appId = runtime.Options.AppId;
        lock (gate)
        {
            var (engine, users) = engines.GetValueOrDefault(appId);
            engine ??= new WorkflowEngine(appId, runtime.Options.Namespace, database, runtime.Configuration.Workflow, runtime.Process.Clock, runtime.Loggers.CreateLogger<WorkflowEngine>());
            engines[appId] = (engine, users + 1);
            return engine;
        }
    }

    /// <summary>A sidecar of the app stops; the engine ends with the last.</summary>
    public void Release(string appId)
    {
        lock (gate)
        {
            if (!engines.Remove(appId, out var shared)) return;
            if (shared.Users > 1) engines[appId] = shared with { Users = shared.Users - 1 };
            else shared.Engine.Dispose();
        }
    }
}
