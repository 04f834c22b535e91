using Resort.Sidecar.Components;

namespace Resort.Sidecar.PubSub;

/// <summary>
/// Which topics of a component an app may use: <c>allowedTopics</c> limits everyone, <c>protectedTopics</c> are for apps that a scope names, and
/// an app that a scope names may use nothing else. Names differ by case.
/// </summary>
internal sealed class TopicScopes
{
    private readonly HashSet<string>? allowed;
    private readonly HashSet<string> isProtected;
    private readonly HashSet<string>? publishing;
    private readonly HashSet<string>? subscribing;

    public TopicScopes(ComponentMetadata metadata, string appId)
    {
        allowed = Topics(metadata.Text("allowedTopics")) is { Count: > 0 } topics ? topics : null;
        isProtected = Topics(metadata.Text("protectedTopics"));
        publishing = Scope(metadata.Text("publishingScopes"), appId);
        subscribing = Scope(metadata.Text("subscriptionScopes"), appId);
    }

    public bool MayPublish(string topic) => Allows(publishing, topic);

    public bool MaySubscribe(string topic) => Allows(subscribing, topic);

    private bool Allows(HashSet<string>? scope, string topic) =>
        (allowed is null || allowed.Contains(topic)) && (scope?.Contains(topic) ?? !isProtected.Contains(topic));

    private static HashSet<string> Topics(string? list) => [.. (list ?? "").Replace(" ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The topics that a scope such as <c>app1=t1,t2;app2=</c> gives to an app; null if it does not name the app.</summary>
    private static HashSet<string>? Scope(string? scopes, string appId)
    {
        foreach (var scope in (scopes ?? "").Replace(" ", "", StringComparison.Ordinal).Split(';'))
            if (scope.Split('=') is [var app, var topics] && app == appId) return Topics(topics);
        return null;
    }
}
