using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.State;
using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Workflow;

/// <summary>
/// Where workflows are kept: in the database of the state store that is marked with <c>actorStateStore: "true"</c>, so that state and
/// workflows share its group commit.
/// </summary>
internal static class ActorStateStore
{
    /// <summary>The database, or null if no state store is marked.</summary>
    /// <exception cref="ResourceException">Several are marked.</exception>
    public static Database? Find(DaprRuntime runtime)
    {
        var marked = runtime.Resources.Components.Where(component => runtime.States.All.ContainsKey(component.Name)).Select(runtime.References.Resolve)
            .Where(component => component.Metadata.Bool("actorStateStore", false)).ToList();
        if (marked.Count > 1) throw new ResourceException(marked[1].Location, $"`{marked[0].Name}` and `{marked[1].Name}` are both marked as actorStateStore; there can be one");
        if (marked.Count == 0) return null;
        var path = marked[0].Type == "state.in-memory" ? null : SqliteSettings.Read(marked[0].Metadata).Path;
        return path is null ? runtime.Process.Databases.InMemory($"workflows of {runtime.Options.AppId}") : runtime.Process.Databases.Open(path);
    }
}
