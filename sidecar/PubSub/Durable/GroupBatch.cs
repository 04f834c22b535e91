namespace Resort.Sidecar.PubSub.Durable;

/// <summary>A batch that is with a member of a group.</summary>
internal sealed class GroupBatch(ConsumerGroup group, GroupMember member, List<QueuedMessage> messages) : Batch(messages.ConvertAll(message => message.Message))
{
    /// <summary>Hands the batch to its consumer.</summary>
    public Task RunAsync() => RunAsync(member.Consumer);

    protected override void Conclude(int index, bool handled) => group.Settle(messages[index], handled);

    protected override bool TryRepeatBeside() => group.TryRepeatBeside(member);

    protected override void End(bool beside) => group.End(member, beside);
}
