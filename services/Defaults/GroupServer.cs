namespace Resort.Defaults;

/// <summary>Serves what comes in groups: while one group is served, the next one gathers. So a write is shared the more, the more there is to write.</summary>
/// <param name="largest">How many go into one group at most.</param>
/// <param name="serve">Answers every one of the group, also when it fails.</param>
public sealed class GroupServer<TItem>(int largest, Func<IReadOnlyList<TItem>, Task> serve)
{
    private readonly Lock gate = new();
    private readonly Queue<TItem> waiting = new();
    private bool busy;

    public void Add(TItem item)
    {
        lock (gate)
        {
            waiting.Enqueue(item);
            if (busy)
                return;
            busy = true;
        }
        // the group belongs to none of the requests in it, so it does not run in the context of the first
        ThreadPool.UnsafeQueueUserWorkItem(static server => _ = server.ServeAsync(), this, preferLocal: false);
    }

    private async Task ServeAsync()
    {
        while (NextGroup() is { } group)
            await serve(group);
    }

    private List<TItem>? NextGroup()
    {
        lock (gate)
        {
            busy = waiting.Count > 0;
            if (!busy)
                return null;
            var group = new List<TItem>(Math.Min(waiting.Count, largest));
            while (group.Count < largest && waiting.TryDequeue(out var item))
                group.Add(item);
            return group;
        }
    }
}
