using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>
/// Instances that changed, until the writer has time for them: all that gather meanwhile go into one write, and an instance that changed many times
/// is stored once. <c>save</c> stores them, on the thread that writes, and adds those that it changed itself; <c>release</c> is called with what was
/// stored, after the commit; <c>abandon</c> with the instances of a write that failed.
/// </summary>
internal sealed class SaveQueue(
    Database database, Func<Session, List<Instance>, List<InstanceChanges>> save, Action<List<InstanceChanges>> release, Action<IReadOnlyCollection<Instance>, Exception> abandon)
{
    private readonly Lock gate = new();
    private List<Instance> changed = [];
    private Task? next;

    /// <summary>The changes of an instance go into the next write; the task completes when they are on disk and shown.</summary>
    public Task Add(Instance instance)
    {
        lock (gate)
        {
            changed.Add(instance);
            return next ??= WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        List<Instance> taken = [];
        List<InstanceChanges> saved;
        try
        {
            saved = await database.WriteAsync(session => save(session, taken = Take()));
        }
        catch (Exception failure)
        {
            abandon(taken, failure);
            throw;
        }
        release(saved);
    }

    private List<Instance> Take()
    {
        lock (gate)
        {
            next = null;
            var all = changed;
            changed = [];
            return all;
        }
    }
}
