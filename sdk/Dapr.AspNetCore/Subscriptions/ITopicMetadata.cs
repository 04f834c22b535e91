namespace Dapr;

/// <summary>Says that an endpoint takes the events of a topic.</summary>
public interface ITopicMetadata
{
    /// <summary>The topic.</summary>
    string Name { get; }

    /// <summary>The pub/sub component.</summary>
    string PubsubName { get; }

    /// <summary>A CEL expression over <c>event</c>; without one the endpoint takes what no rule matches.</summary>
    string Match { get; }

    /// <summary>The place of the rule among the topic's: lower ones are tried first.</summary>
    int Priority { get; }
}

/// <summary>Says whether a topic carries bare payloads instead of CloudEvents.</summary>
public interface IRawTopicMetadata
{
    /// <summary>True for bare payloads.</summary>
    bool? EnableRawPayload { get; }
}

/// <summary>One value for the component that serves a subscription.</summary>
public interface IOriginalTopicMetadata
{
    /// <summary>By which a topic names the value as its own; without one it belongs to all topics of the endpoint.</summary>
    string Id { get; }

    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The value.</summary>
    string Value { get; }
}

/// <summary>Says which values are a topic's own.</summary>
public interface IOwnedOriginalTopicMetadata
{
    /// <summary>Ids of <see cref="IOriginalTopicMetadata"/>.</summary>
    string[] OwnedMetadatas { get; }

    /// <summary>Stands between several values of one name; a comma by default.</summary>
    string MetadataSeparator { get; }
}

/// <summary>Says where events go that cannot be delivered.</summary>
public interface IDeadLetterTopicMetadata
{
    /// <summary>The topic.</summary>
    string DeadLetterTopic { get; }
}
