namespace Resort.Sidecar.PubSub;

/// <summary>An event as its publisher gives it: where it goes, the body and its type, and what metadata says about it.</summary>
internal sealed record Publication(string Pubsub, string Topic, ReadOnlyMemory<byte> Body, string? ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The publisher's trace context as it came; empty if there is none or it is not valid.</summary>
    public string TraceParent { get; init; } = "";
    public string TraceState { get; init; } = "";

    /// <summary>The broker takes expired messages away by itself, so the envelope need not say when this one expires.</summary>
    public bool BrokerExpires { get; init; }
}
