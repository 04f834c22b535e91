using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.State;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Workflow;

/// <summary>
/// Where workflows are kept: in the database of the state store that is marked with <c>actorStateStore: "true"</c>, so that state and
/// workflows share its group commit. If that is a server, in a file of their own in the data directory: the engine writes to SQLite only.
/// </summary>
internal static partial class ActorStateStore
{
    /// <summary>The database, or null if no state store is marked.</summary>
    /// <exception cref="ResourceException">Several are marked.</exception>
    public static Database? Find(DaprRuntime runtime)
    {
        var marked = runtime.Resources.Components.Where(component => runtime.States.All.ContainsKey(component.Name)).Select(runtime.References.Resolve)
            .Where(component => component.Metadata.Bool("actorStateStore", false)).ToList();
        if (marked.Count > 1) throw new ResourceException(marked[1].Location, $"`{marked[0].Name}` and `{marked[1].Name}` are both marked as actorStateStore; there can be one");
        if (marked.Count == 0) return null;
        var databases = runtime.Process.Databases;
        switch (marked[0].Type)
        {
            case "state.in-memory": return databases.InMemory($"workflows of {runtime.Options.AppId}");
            case "state.sqlite" or "state.sqlite3":
                return SqliteSettings.Read(marked[0].Metadata).Path is { } path ? databases.Open(path) : databases.InMemory($"workflows of {runtime.Options.AppId}");
            default:
                var file = Path.Combine(databases.DataDirectory, $"workflows-{runtime.Options.AppId}.db");
                LogOwnFile(runtime.Loggers.CreateLogger(typeof(ActorStateStore)), marked[0].Name, marked[0].Type, file);
                return databases.Open(file);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Workflows are not kept in {Component} ({Type}) but in {File}: the embedded engine writes to SQLite only")]
    private static partial void LogOwnFile(ILogger log, string component, string type, string file);
}
