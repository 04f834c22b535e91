namespace Resort.Sidecar.Components;

/// <summary>A subscription, declared in a file (<c>v1alpha1</c>, <c>v2alpha1</c>) or by the app at <c>/dapr/subscribe</c>.</summary>
internal sealed record Subscription
{
    public required string PubsubName { get; init; }
    public required string Topic { get; init; }

    /// <summary>The route for what no rule matches; null if there is none.</summary>
    public string? DefaultRoute { get; init; }

    /// <summary>Rules in the order in which they are tried.</summary>
    public IReadOnlyList<RouteRule> Rules { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public string? DeadLetterTopic { get; init; }

    /// <summary>Set if messages go to the app in batches.</summary>
    public BulkSubscribe? Bulk { get; init; }

    /// <summary>App ids that it is meant for; empty means all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The file it is declared in; null if the app declared it.</summary>
    public SourceLocation? Location { get; init; }
}

/// <summary>A route that is taken when the CEL expression holds for the event.</summary>
internal sealed record RouteRule(string Match, string Path);

/// <summary>Size of a batch, and how long it may wait to fill, in milliseconds; null means the broker's default.</summary>
internal sealed record BulkSubscribe(int? MaxMessagesCount, int? MaxAwaitDurationMs);
