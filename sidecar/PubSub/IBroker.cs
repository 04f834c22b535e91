using Resort.Sidecar.Storage;

namespace Resort.Sidecar.PubSub;

/// <summary>The backend of a pub/sub component.</summary>
internal interface IBroker
{
    /// <summary>What it can do, in the words of the metadata endpoint.</summary>
    IReadOnlyList<string> Capabilities { get; }

    /// <summary>Whether a message that was not handled comes again by itself.</summary>
    bool Redelivers { get; }

    /// <summary>Whether messages that it has taken outlive the sidecar.</summary>
    bool IsDurable => true;

    /// <summary>The database of this process in which it keeps its messages; null if it keeps them elsewhere.</summary>
    Database? Database { get; }

    /// <summary>Takes a message; completes when the broker answers for it.</summary>
    /// <exception cref="StorageException">The message could not be stored.</exception>
    Task PublishAsync(Message message);

    /// <summary>
    /// Publishes as part of a write to a database, so that both become true in one commit: call it inside the write. False if the broker does not
    /// keep its messages there.
    /// </summary>
    bool TryEnqueue(Database database, Session session, Message message);

    /// <summary>Hands a topic's messages to a consumer until the result is disposed of, which waits for nothing that already runs.</summary>
    Task<IDisposable> SubscribeAsync(Consumer consumer);
}

/// <summary>A subscription as a broker sees it. <paramref name="Handle"/> never throws.</summary>
internal sealed record Consumer(string Topic, Func<IBatch, Task> Handle)
{
    /// <summary>What the subscription says to the broker.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether messages go out in batches.</summary>
    public bool IsBulk { get; init; }

    /// <summary>The largest batch.</summary>
    public int MaxMessages { get; init; } = 1;

    /// <summary>How long a batch that is not full may wait for more.</summary>
    public TimeSpan MaxWait { get; init; }
}

/// <summary>Messages that are handed over together, one unless the consumer takes batches.</summary>
internal interface IBatch
{
    IReadOnlyList<Message> Messages { get; }

    /// <summary>Tells what became of a message, each once: it is done with, or the broker may try again.</summary>
    void Settle(int index, bool handled);

    /// <summary>The app has answered once; what still runs are repetitions, which need not hold up the next batch.</summary>
    void Answered();
}
