using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// Writes the groups' progress a moment after it was made, together with the deletion of what all groups have handled; and once an hour deletes
/// what has waited too long for groups that do not subscribe.
/// </summary>
internal sealed class LogUpkeep : IAsyncDisposable
{
    private const int DeletedAtOnce = 1000;
    private static readonly TimeSpan moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan hour = TimeSpan.FromHours(1);
    private readonly MessageLog log;
    private readonly ITimer progress;
    private readonly ITimer sweep;
    private readonly SemaphoreSlim sweeping = new(1);
    private TimeSpan retention;
    private int due;

    public LogUpkeep(MessageLog log)
    {
        this.log = log;
        progress = log.Clock.CreateTimer(_ => Attempt(WriteProgressAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        sweep = log.Clock.CreateTimer(_ => Attempt(SweepAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to sweep, first when the apps have had time to subscribe.</summary>
    public void Start() => sweep.Change(TimeSpan.FromMinutes(1), hour);

    public void Keep(TimeSpan atLeast)
    {
        if (atLeast > retention) retention = atLeast;
    }

    public void ProgressMade()
    {
        if (Interlocked.Exchange(ref due, 1) == 0) progress.Change(moment, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Deletes what is older than the retention and not waited for by a group that has subscribed.</summary>
    public async Task SweepAsync()
    {
        await sweeping.WaitAsync();
        try
        {
            foreach (var topic in log.Topics)
                while (await SweepAsync(topic)) { }
        }
        finally { sweeping.Release(); }
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        await progress.DisposeAsync();
        try { await WriteProgressAsync(); }
        catch (StorageException e) { MessageLogLog.NotKept(log.Log, e); }
        sweeping.Dispose();
    }

    private Task WriteProgressAsync()
    {
        Volatile.Write(ref due, 0);
        return log.Database.WriteAsync(session =>
        {
            foreach (var topic in log.Topics) Write(session, topic);
        });
    }

    private static void Write(Session session, LogTopic topic)
    {
        if (topic.Groups.IsEmpty) return;
        foreach (var group in topic.Groups)
            if (group.TakeProgress() is var (position, open))
                session.Execute("UPDATE consumers SET position = ?1, open = ?2 WHERE topic = ?3 AND name = ?4", position, open, topic.Number, group.Name);
        var handled = topic.Groups.Min(group => group.LowWater);
        if (handled <= topic.DeletedTo) return;
        session.Execute("DELETE FROM messages WHERE id > ?1 AND id <= ?2", topic.IdOf(topic.DeletedTo), topic.IdOf(handled));
        topic.DeletedTo = handled;
    }

    /// <summary>Deletes a first part; whether there may be more.</summary>
    private async Task<bool> SweepAsync(LogTopic topic)
    {
        var needed = topic.Groups.Where(group => group.IsJoined).Select(group => group.LowWater).DefaultIfEmpty(topic.Last).Min();
        var oldest = log.Clock.GetUtcNow().Subtract(retention).ToUnixTimeMilliseconds();
        var first = log.Database.Read(session => session.Query(
            "SELECT id, published FROM messages WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", row => (Id: row.GetInt64(0), Published: row.GetInt64(1)), topic.IdOf(0), topic.IdOf(needed), DeletedAtOnce));
        var old = first.TakeWhile(message => message.Published < oldest).ToList();
        if (old.Count == 0) return false;
        await log.Database.WriteAsync(session => session.Execute("DELETE FROM messages WHERE id > ?1 AND id <= ?2", topic.IdOf(0), old[^1].Id));
        MessageLogLog.Outlived(log.Log, old.Count, topic.Name);
        return old.Count == DeletedAtOnce;
    }

    private void Attempt(Func<Task> work) => _ = Task.Run(async () =>
    {
        try { await work(); }
        catch (Exception e) when (e is StorageException or ObjectDisposedException) { MessageLogLog.NotKept(log.Log, e); }
    });
}
