using System.Text.Json.Serialization;

namespace Resort.Sidecar.PubSub;

/// <summary>The JSON that pub/sub reads; names do not differ by case.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(BulkAnswerJson))]
[JsonSerializable(typeof(List<SubscriptionJson>))]
internal sealed partial class PubSubJson : JsonSerializerContext;

/// <summary>What an app answers to a bulk delivery.</summary>
internal sealed record BulkAnswerJson(List<BulkAnswerEntryJson>? Statuses);

/// <summary>What an app says about one entry of a bulk delivery.</summary>
internal sealed record BulkAnswerEntryJson(string? EntryId, string? Status);

/// <summary>A subscription in the answer to <c>GET /dapr/subscribe</c>.</summary>
internal sealed record SubscriptionJson(
    string? PubsubName, string? Topic, string? Route, RoutesJson? Routes, Dictionary<string, string>? Metadata, string? DeadLetterTopic, BulkSubscribeJson? BulkSubscribe);

/// <summary>Its routes.</summary>
internal sealed record RoutesJson(List<RuleJson>? Rules, string? Default);

/// <summary>One rule of them.</summary>
internal sealed record RuleJson(string? Match, string? Path);

/// <summary>Its batch settings.</summary>
internal sealed record BulkSubscribeJson(bool? Enabled, int? MaxMessagesCount, int? MaxAwaitDurationMs);
