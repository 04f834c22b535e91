namespace Resort.Sidecar.PubSub;

/// <summary>What a broker carries: the topic by the broker's name, the bytes as they were published, and the publisher's metadata.</summary>
internal sealed record Message(string Topic, byte[] Data, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Messages of one topic with the same key keep their order; null if it does not matter.</summary>
    public string? Key => Metadata.GetValueOrDefault("partitionKey") ?? Metadata.GetValueOrDefault("__key");
}
