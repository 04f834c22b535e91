namespace Dapr;

/// <summary>What holds for all subscriptions of an application.</summary>
public class SubscribeOptions
{
    /// <summary>True when all topics carry bare payloads instead of CloudEvents.</summary>
    public bool EnableRawPayload { get; set; }
}
