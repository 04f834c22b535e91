namespace Resort.Sidecar.PubSub.Durable;

/// <summary>A message on its way to one group: its place in the topic, and the lane it waits in.</summary>
internal sealed class QueuedMessage(long sequence, Message message)
{
    public long Sequence => sequence;
    public Message Message => message;
    public Lane? Lane { get; set; }
}

/// <summary>
/// Messages that must be handled one after the other, because they have the same key; one without a key has a lane of its own.
/// </summary>
internal sealed class Lane(string? key)
{
    public string? Key => key;
    public LaneState State { get; set; }

    /// <summary>In order; those that failed come back to the front.</summary>
    public List<QueuedMessage> Waiting { get; } = new(1);
    public List<QueuedMessage> Failed { get; } = new(0);

    /// <summary>How many are with the app.</summary>
    public int UnderWay { get; set; }

    /// <summary>How often in a row something in it has failed.</summary>
    public int Failures { get; set; }
}

/// <summary>Whether a lane's next message may go (Ready), one of it is with the app (Busy), or has failed and waits (Resting).</summary>
internal enum LaneState { Ready, Busy, Resting }
