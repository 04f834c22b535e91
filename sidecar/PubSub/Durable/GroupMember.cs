namespace Resort.Sidecar.PubSub.Durable;

/// <summary>
/// One replica's subscription in a group: how many batches it may have at a time, and how long a batch may wait to fill. The state is used under
/// the group's lock.
/// </summary>
internal sealed class GroupMember : IDisposable
{
    /// <summary>How many batches may be repeated beside the running ones, so that what fails does not hold up the rest.</summary>
    private const int MostRepeating = 256;

    private readonly ConsumerGroup group;
    private readonly int concurrency;
    private readonly ITimer patience;
    private int repeating;
    private bool waits;
    private bool due;

    public GroupMember(ConsumerGroup group, Consumer consumer, int concurrency, TimeProvider clock)
    {
        (this.group, this.concurrency, Consumer) = (group, concurrency, consumer);
        patience = clock.CreateTimer(_ => group.Due(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Consumer Consumer { get; }
    public int Running { get; private set; }
    public bool HasRoom => Running < concurrency;

    /// <summary>Whether a batch may begin: one that is full at once, another one when the first of its messages has waited long enough.</summary>
    public bool MayBegin(int ready)
    {
        if (due || ready >= Consumer.MaxMessages || Consumer.MaxWait <= TimeSpan.Zero) return true;
        if (!waits) patience.Change(Consumer.MaxWait, Timeout.InfiniteTimeSpan);
        waits = true;
        return false;
    }

    public void Begin()
    {
        Running++;
        due = waits = false;
        patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time for a batch to fill is over.</summary>
    public void Due(bool anything) => (due, waits) = (anything, false);

    /// <summary>A batch was answered but is being repeated: it makes room unless too many are.</summary>
    public bool TryRepeatBeside()
    {
        if (repeating >= MostRepeating) return false;
        repeating++;
        Running--;
        return true;
    }

    public void End(bool beside)
    {
        if (beside) repeating--;
        else Running--;
    }

    /// <summary>Leaves the group; batches that are out are settled with it all the same.</summary>
    public void Dispose()
    {
        group.Leave(this);
        patience.Dispose();
    }
}
