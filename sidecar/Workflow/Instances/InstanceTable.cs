using System.Collections.Concurrent;

namespace Resort.Sidecar.Workflow.Instances;

/// <summary>
/// The instances in memory: all that have something to do, and the latest of those that rest. The others are loaded again when they are needed.
/// </summary>
internal sealed class InstanceTable(EngineParts engine, int capacity)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Instance> instances = new(StringComparer.Ordinal);
    private readonly Queue<Instance> resting = new();
    private long evictions;

    /// <summary>The instance of an id, loaded if need be. No lock is held while <paramref name="load"/> reads.</summary>
    public Instance Get(string id, Func<string, StoredInstance?> load)
    {
        while (true)
        {
            if (instances.TryGetValue(id, out var known)) return known;
            var before = Interlocked.Read(ref evictions);
            var loaded = new Instance(id, load(id), engine);
            lock (gate)
                if (evictions == before) return instances.GetOrAdd(id, loaded); // else it may have changed and gone again since it was read
        }
    }

    /// <summary>An instance may have come to rest: the one that has rested longest makes room. Called without its gate held.</summary>
    public void Rest(Instance instance)
    {
        if (instance.IsResting) return;
        Instance? oldest = null;
        lock (gate)
        {
            if (instance.IsResting) return;
            instance.IsResting = true;
            resting.Enqueue(instance);
            if (resting.Count > capacity) oldest = resting.Dequeue();
        }
        if (oldest is null) return;
        lock (oldest.Gate)
            lock (gate)
            {
                oldest.IsResting = false;
                if (!oldest.IsIdle) return;
                Remove(oldest);
                oldest.Evict();
            }
    }

    /// <summary>Takes an instance out of memory whose changes could not be stored. Called with its gate held.</summary>
    public void Abandon(Instance instance, Exception failure)
    {
        lock (gate) Remove(instance);
        instance.Abandon(failure);
    }

    private void Remove(Instance instance)
    {
        evictions++;
        instances.TryRemove(new KeyValuePair<string, Instance>(instance.Id, instance));
    }
}
