namespace Dapr;

/// <summary>Everything that can be said about an endpoint's subscription to a topic.</summary>
public class TopicOptions
{
#pragma warning disable CA1051 // a field in the official SDK, too
    /// <summary>Values for the component that serves the subscription; they count for all topics of the endpoint.</summary>
    public IDictionary<string, string> Metadata;
#pragma warning restore CA1051

    /// <summary>The topic.</summary>
    public string Name { get; set; }

    /// <summary>The pub/sub component.</summary>
    public string PubsubName { get; set; }

    /// <summary>True when the topic carries bare payloads instead of CloudEvents.</summary>
    public bool EnableRawPayload { get; set; }

    /// <summary>A CEL expression over <c>event</c>; without one the endpoint takes what no rule matches.</summary>
    public string Match { get; set; }

    /// <summary>The place of the rule among the topic's: lower ones are tried first.</summary>
    public int Priority { get; set; }

    /// <summary>Ids of <see cref="TopicMetadataAttribute"/> that belong to this topic.</summary>
    public string[] OwnedMetadatas { get; set; }

    /// <summary>Has no effect here, as in the official SDK; <see cref="TopicAttribute.MetadataSeparator"/> has.</summary>
    public string MetadataSeparator { get; set; }

    /// <summary>The topic for events that cannot be delivered.</summary>
    public string DeadLetterTopic { get; set; }
}
