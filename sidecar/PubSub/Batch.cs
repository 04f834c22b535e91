namespace Resort.Sidecar.PubSub;

/// <summary>A batch that is with a consumer. What the consumer leaves unsettled has failed.</summary>
internal abstract class Batch(IReadOnlyList<Message> messages) : IBatch
{
    private readonly bool[] settled = new bool[messages.Count];
    private bool beside;

    public IReadOnlyList<Message> Messages => messages;

    public void Settle(int index, bool handled)
    {
        if (settled[index]) return;
        settled[index] = true;
        Conclude(index, handled);
    }

    public void Answered()
    {
        if (!beside && settled.Contains(false)) beside = TryRepeatBeside();
    }

    /// <summary>Hands the batch to its consumer.</summary>
    public async Task RunAsync(Consumer consumer)
    {
        try { await consumer.Handle(this); }
        finally
        {
            for (var i = 0; i < settled.Length; i++) Settle(i, handled: false);
            End(beside);
        }
    }

    /// <summary>The broker learns what became of a message.</summary>
    protected abstract void Conclude(int index, bool handled);

    /// <summary>Makes room for another batch while this one is repeated; false if too many are.</summary>
    protected abstract bool TryRepeatBeside();

    /// <summary>Makes the room free that the batch took, among the running or the repeated ones.</summary>
    protected abstract void End(bool beside);
}
