using System.Text.Json.Nodes;

namespace Resort.Sidecar.Api;

/// <summary>Errors of publishing.</summary>
internal static partial class Errors
{
    public static DaprError PubSubNotFound(string pubsub) =>
        new(404, "ERR_PUBSUB_NOT_FOUND", $"pubsub {pubsub} is not found", [ErrorInfo("DAPR_PUBSUB_NOT_FOUND", [])]);

    public static DaprError TopicForbidden(string pubsub, string topic, string appId)
    {
        var message = $"topic {topic} is not allowed for app id {appId}";
        return PubSub(403, "ERR_PUBSUB_FORBIDDEN", "DAPR_PUBSUB_FORBIDDEN", pubsub, message, new() { ["topic"] = topic, ["error"] = message });
    }

    public static DaprError RawPayloadNotBool(string pubsub, string value) =>
        PubSub(400, "ERR_PUBSUB_REQUEST_METADATA", "DAPR_PUBSUB_METADATA_DESERIALIZATION", pubsub,
            $"failed deserializing metadata. Error: rawPayload value must be a valid boolean: actual is '{value}'", new() { ["rawPayload"] = value });

    /// <summary>The body is declared a CloudEvent and is none.</summary>
    public static DaprError NoCloudEvent(string pubsub, string appId, string reason) =>
        PubSub(500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "DAPR_PUBSUB_CLOUD_EVENT_CREATION", pubsub, "cannot create cloudevent", new() { ["appID"] = appId, ["error"] = reason });

    /// <summary>The broker, a policy, or the reading of the body failed.</summary>
    public static DaprError NotPublished(string pubsub, string topic, string reason) =>
        PubSub(500, "ERR_PUBSUB_PUBLISH_MESSAGE", "DAPR_PUBSUB_PUBLISH_MESSAGE", pubsub,
            $"error when publishing to topic {topic} in pubsub {pubsub}: {reason}", new() { ["topic"] = topic, ["error"] = reason });

    /// <summary>The body of a bulk publish is no array of entries.</summary>
    public static DaprError BulkUnreadable(string pubsub, string topic, string appId, string reason) =>
        PubSub(400, "ERR_PUBSUB_EVENTS_SER", "DAPR_PUBSUB_UNMARSHAL_EVENTS", pubsub,
            $"error when unmarshaling the request for topic {topic} pubsub {pubsub}: {reason}", new() { ["appID"] = appId });

    /// <summary>An entry has no id, or that of another one.</summary>
    public static DaprError BulkEntryId(string pubsub, string topic, string appId)
    {
        const string Reason = "entryId is duplicated or not present for entry";
        return PubSub(400, "ERR_PUBSUB_EVENTS_SER", "DAPR_PUBSUB_MARSHAL_EVENTS", pubsub,
            $"error marshaling events to bytes for topic {topic} pubsub {pubsub}. error: {Reason}", new() { ["appID"] = appId, ["error"] = Reason });
    }

    /// <summary>An entry's event is not of its content type.</summary>
    public static DaprError BulkContent(string pubsub, string topic, string appId, string reason) =>
        PubSub(400, "ERR_PUBSUB_EVENTS_SER", "DAPR_PUBSUB_MARSHAL_ENVELOPE", pubsub,
            $"error when marshalling cloud event envelope for topic {topic} pubsub {pubsub}: {reason}", new() { ["appID"] = appId, ["error"] = reason });

    private static DaprError PubSub(int status, string code, string reason, string pubsub, string message, JsonObject metadata) =>
        new(status, code, message, [ResourceInfo("pubsub", pubsub, message), ErrorInfo(reason, metadata)]);
}
