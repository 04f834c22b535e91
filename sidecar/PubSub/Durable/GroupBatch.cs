namespace Resort.Sidecar.PubSub.Durable;

/// <summary>A batch that is with a member of a group. What its consumer leaves unsettled has failed.</summary>
internal sealed class GroupBatch(ConsumerGroup group, GroupMember member, List<QueuedMessage> messages) : IBatch
{
    private readonly bool[] settled = new bool[messages.Count];
    private bool beside;

    public IReadOnlyList<Message> Messages { get; } = messages.ConvertAll(message => message.Message);

    public void Settle(int index, bool handled)
    {
        if (settled[index]) return;
        settled[index] = true;
        group.Settle(messages[index], handled);
    }

    public void Answered()
    {
        if (!beside && settled.Contains(false)) beside = group.TryRepeatBeside(member);
    }

    /// <summary>Hands the batch to its consumer.</summary>
    public async Task RunAsync()
    {
        try { await member.Consumer.Handle(this); }
        finally
        {
            for (var i = 0; i < settled.Length; i++) Settle(i, handled: false);
            group.End(member, beside);
        }
    }
}
