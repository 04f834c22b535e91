namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// The consumers of a topic that share its messages: each goes to one of them. Messages come straight from whoever publishes; the table is read
/// only for what is older than the group's first member, or more than fits into its window.
/// </summary>
internal sealed class ConsumerGroup(MessageLog log, LogTopic topic, string name, Progress progress) : IThreadPoolWorkItem
{
    /// <summary>How many messages may wait in memory ready to go; what lies behind them stays in the table.</summary>
    private const int Window = 1024;

    private readonly Lock gate = new();
    private readonly Lanes lanes = new();
    private readonly List<GroupMember> members = [];
    private bool joined;
    private bool reading;
    private bool changed;
    private int scheduled;

    public string Name => name;

    /// <summary>Whether anybody has joined since the process began; messages for others may outlive their retention.</summary>
    public bool IsJoined
    {
        get { lock (gate) return joined; }
    }

    /// <summary>Up to here the group needs no message any more.</summary>
    public long LowWater
    {
        get { lock (gate) return progress.LowWater; }
    }

    public GroupMember Join(Consumer consumer, int concurrency)
    {
        var member = new GroupMember(this, consumer, concurrency, log.Clock);
        lock (gate)
        {
            members.Add(member);
            joined = true;
            ReadIfBehind();
        }
        Schedule();
        return member;
    }

    public void Leave(GroupMember member)
    {
        lock (gate) members.Remove(member);
    }

    /// <summary>A message was committed; <paramref name="previous"/> is the topic's message before it. Called in the topic's order.</summary>
    public void Published(long sequence, Message message, long previous)
    {
        lock (gate)
        {
            if (!joined) return;
            if (progress.Read != previous || lanes.Ready >= Window)
            {
                ReadIfBehind();
                return;
            }
            progress.Take(sequence);
            progress.ReadTo(sequence);
            lanes.Add(new QueuedMessage(sequence, message));
        }
        Schedule();
    }

    /// <summary>Begins batches while messages and members are there.</summary>
    public void Execute()
    {
        Volatile.Write(ref scheduled, 0);
        while (Next() is { } batch) _ = batch.RunAsync();
    }

    public void Due(GroupMember member)
    {
        lock (gate) member.Due(lanes.Ready > 0);
        Schedule();
    }

    public void Settle(QueuedMessage message, bool handled)
    {
        TimeSpan? rest;
        lock (gate)
        {
            if (handled) progress.Handled(message.Sequence);
            changed |= handled;
            rest = lanes.Settle(message, handled);
            ReadIfBehind();
        }
        if (handled) log.ProgressMade();
        if (rest is { } time) _ = WakeAsync(message.Lane!, time);
        Schedule();
    }

    public bool TryRepeatBeside(GroupMember member)
    {
        lock (gate)
        {
            if (!member.TryRepeatBeside()) return false;
        }
        Schedule();
        return true;
    }

    public void End(GroupMember member, bool beside)
    {
        lock (gate) member.End(beside);
        Schedule();
    }

    /// <summary>Progress that has not been written yet, or null.</summary>
    public (long Position, string Open)? TakeProgress()
    {
        lock (gate)
        {
            if (!changed) return null;
            changed = false;
            return progress.Snapshot();
        }
    }

    private GroupBatch? Next()
    {
        lock (gate)
        {
            if (lanes.Ready == 0) return null;
            GroupMember? idlest = null;
            foreach (var member in members)
                if (member.HasRoom && (idlest is null || member.Running < idlest.Running)) idlest = member;
            if (idlest is null || !idlest.MayBegin(lanes.Ready)) return null;
            idlest.Begin();
            return new GroupBatch(this, idlest, lanes.Take(idlest.Consumer.MaxMessages));
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref scheduled, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task WakeAsync(Lane lane, TimeSpan rest)
    {
        if (!await log.PauseAsync(rest)) return;
        lock (gate) lanes.Wake(lane);
        Schedule();
    }

    private void ReadIfBehind()
    {
        if (reading || progress.Read >= topic.Last || lanes.Ready >= Window / 2) return;
        reading = true;
        _ = Task.Run(ReadOn);
    }

    private void ReadOn()
    {
        try
        {
            while (NextPage() is var (from, to))
            {
                var page = log.Read(topic, from, to, Window / 2);
                lock (gate)
                {
                    // what was published while the page was read has been taken already, and may even be handled
                    foreach (var message in page)
                        if (message.Sequence > progress.Read && progress.Take(message.Sequence)) lanes.Add(message);
                    progress.ReadTo(Math.Max(progress.Read, page.Count == Window / 2 ? page[^1].Sequence : to));
                }
                Schedule();
            }
        }
        catch (Exception e)
        {
            MessageLogLog.NotRead(log.Log, e, topic.Name, name);
            lock (gate) reading = false; // the next message or answer tries again
        }
    }

    private (long From, long To)? NextPage()
    {
        lock (gate)
        {
            reading = progress.Read < topic.Last && lanes.Ready < Window / 2;
            return reading ? (progress.Read, topic.Last) : null;
        }
    }
}
