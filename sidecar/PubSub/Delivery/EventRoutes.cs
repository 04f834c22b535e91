using System.Text.Json;
using Resort.Sidecar.Components;
using Resort.Sidecar.Expressions;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>The routes of a subscription: the first rule that holds for the event decides, and otherwise the default.</summary>
internal sealed class EventRoutes
{
    private readonly List<(CelExpression? Match, string Path)> routes = [];

    /// <exception cref="CelException">A rule is no expression; the message shows which.</exception>
    public EventRoutes(Subscription subscription)
    {
        foreach (var rule in subscription.Rules) routes.Add((Parse(rule.Match), RoutePath.Normalize(rule.Path)));
        if (subscription.DefaultRoute is { Length: > 0 } route) routes.Add((null, RoutePath.Normalize(route)));
    }

    public bool IsEmpty => routes.Count == 0;

    /// <summary>The path for an event; null if no route is meant for it.</summary>
    /// <exception cref="CelException">A rule cannot be evaluated for this event, which is not the same as not to hold.</exception>
    public string? Find(ReadOnlyMemory<byte> envelope)
    {
        if (routes is [(null, var only)]) return only;
        using var json = JsonDocument.Parse(envelope, new JsonDocumentOptions { MaxDepth = GoJson.DocumentOptions.MaxDepth + 1 });
        var root = json.RootElement;
        foreach (var (match, path) in routes)
            if (match is null || match.Holds(_ => root)) return path;
        return null;
    }

    private static CelExpression? Parse(string match)
    {
        if (string.IsNullOrWhiteSpace(match)) return null;
        try { return CelExpression.Parse(match, "event"); }
        catch (CelException e) { throw new CelException($"rule `{match}`: {e.Message}"); }
    }
}
