#nullable enable

namespace Dapr;

/// <summary>One element of the answer to <c>GET /dapr/subscribe</c>; the order of the members is the official SDK's.</summary>
internal sealed record Subscription(
    string Topic,
    string PubsubName,
    string? Route,
    Routes? Routes,
    Dictionary<string, string>? Metadata,
    string? DeadLetterTopic,
    BulkSubscription? BulkSubscribe);

/// <summary>Where the events of a topic go that has rules.</summary>
internal sealed record Routes(string? Default, List<Rule> Rules);

/// <summary>Where the events go that match.</summary>
internal sealed record Rule(string Match, string Path);

/// <summary>How many events come at once.</summary>
internal sealed record BulkSubscription(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs);
