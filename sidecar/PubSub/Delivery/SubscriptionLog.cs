namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>Log lines about subscriptions and deliveries.</summary>
internal static partial class SubscriptionLog
{
    [LoggerMessage(1, LogLevel.Information, "app is subscribed to the following topics: {Topics}")]
    public static partial void Subscribed(ILogger log, string topics);

    [LoggerMessage(2, LogLevel.Error, "Failed to start subscription for pubsub {Pubsub}, topic {Topic}: subscription to topic '{Topic}' on pubsub '{Pubsub}' is not allowed")]
    public static partial void NotAllowed(ILogger log, string pubsub, string topic);

    [LoggerMessage(3, LogLevel.Warning, "subscription to topic '{Topic}' has no effect: there is no pub/sub component '{Pubsub}', or it has no topic or no route")]
    public static partial void WithoutEffect(ILogger log, string pubsub, string topic);

    [LoggerMessage(4, LogLevel.Error, "app returned http status code {Status} from subscription endpoint")]
    public static partial void BadAnswer(ILogger log, int status);

    [LoggerMessage(5, LogLevel.Error, "error getting topics from app, so nothing is subscribed: {Reason}")]
    public static partial void NoAnswer(ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Warning, "topic {Topic} has an empty routes. removing from subscriptions list")]
    public static partial void NoRoutes(ILogger log, string topic);

    [LoggerMessage(10, LogLevel.Error, "error deserializing cloud event in pubsub {Pubsub} and topic {Topic}: {Reason}")]
    public static partial void Unreadable(ILogger log, string pubsub, string topic, string reason);

    [LoggerMessage(11, LogLevel.Warning, "dropping expired pub/sub event {Id} as of {Expiration}")]
    public static partial void Expired(ILogger log, string id, string expiration);

    [LoggerMessage(12, LogLevel.Error, "error finding matching route for event {Id} in pubsub {Pubsub} and topic {Topic}: {Reason}")]
    public static partial void RouteFailed(ILogger log, string id, string pubsub, string topic, string reason);

    [LoggerMessage(13, LogLevel.Warning, "no matching route for event {Id} in pubsub {Pubsub} and topic {Topic}; skipping")]
    public static partial void NoRoute(ILogger log, string id, string pubsub, string topic);

    [LoggerMessage(14, LogLevel.Warning, "the app dropped event {Id} of topic {Topic}")]
    public static partial void Dropped(ILogger log, string id, string topic);

    [LoggerMessage(15, LogLevel.Warning, "event {Id} of topic {Topic} was not handled: {Reason}")]
    public static partial void NotHandled(ILogger log, string id, string topic, string reason);

    [LoggerMessage(16, LogLevel.Error, "event of topic {Topic} could not be published to its dead-letter topic {DeadLetterTopic}: {Reason}")]
    public static partial void NotDeadLettered(ILogger log, string topic, string deadLetterTopic, string reason);

    [LoggerMessage(17, LogLevel.Error, "a delivery of topic {Topic} failed")]
    public static partial void Failed(ILogger log, Exception error, string topic);
}
