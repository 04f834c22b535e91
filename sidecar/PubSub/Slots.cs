using System.Threading.Channels;

namespace Resort.Sidecar.PubSub;

/// <summary>How many batches may be with consumers at a time, and how many more may be repeated beside them, so that what fails holds up nothing else.</summary>
internal sealed class Slots
{
    private readonly Channel<bool> free = Channel.CreateUnbounded<bool>();
    private readonly int mostRepeating;
    private int repeating;

    public Slots(int concurrency, int mostRepeating = 256)
    {
        this.mostRepeating = mostRepeating;
        for (var i = 0; i < concurrency; i++) free.Writer.TryWrite(true);
    }

    /// <summary>Waits until another batch may begin.</summary>
    public ValueTask<bool> BeginAsync(CancellationToken cancel) => free.Reader.ReadAsync(cancel);

    /// <summary>Takes a running batch as one that is repeated; false if too many are.</summary>
    public bool TryRepeatBeside()
    {
        if (Interlocked.Increment(ref repeating) <= mostRepeating) return free.Writer.TryWrite(true);
        Interlocked.Decrement(ref repeating);
        return false;
    }

    /// <summary>A batch that was running, or repeated beside, has ended.</summary>
    public void End(bool beside)
    {
        if (beside) Interlocked.Decrement(ref repeating);
        else free.Writer.TryWrite(true);
    }
}
