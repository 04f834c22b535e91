namespace Resort.Sidecar.Resiliency;

/// <summary>Keeps the values that were used last, up to a number, and makes the missing ones.</summary>
internal sealed class LruCache<T>(int capacity, Func<string, T> create)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, T Value)>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, T Value)> latest = new();

    /// <summary>The values that are kept, as they are now.</summary>
    public IReadOnlyList<T> Values
    {
        get
        {
            lock (gate) return [.. latest.Select(node => node.Value)];
        }
    }

    public T Get(string key)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(key, out var known)) latest.Remove(known);
            else known = nodes[key] = new LinkedListNode<(string, T)>((key, create(key)));
            latest.AddFirst(known);
            if (nodes.Count > capacity)
            {
                nodes.Remove(latest.Last!.Value.Key);
                latest.RemoveLast();
            }
            return known.Value.Value;
        }
    }
}
