#nullable enable

using Dapr.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace Dapr;

/// <summary>Collects what the endpoints declare, as one subscription per topic.</summary>
internal sealed partial class SubscriptionList(ILogger logger, bool rawPayload)
{
    public IEnumerable<Subscription> Collect(IEnumerable<Endpoint> endpoints) => endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(Declarations)
        .GroupBy(declared => (declared.Topic.PubsubName, declared.Topic.Name))
        .OrderBy(topic => topic.Key)
        .Select(topic => Merge(topic.Key.PubsubName, topic.Key.Name, [.. topic.OrderBy(declared => declared.Topic.Priority)]));

    private static IEnumerable<Declaration> Declarations(RouteEndpoint endpoint)
    {
        var values = endpoint.Metadata.GetOrderedMetadata<IOriginalTopicMetadata>();
        var bulk = endpoint.Metadata.GetOrderedMetadata<IBulkSubscribeMetadata>();
        return endpoint.Metadata.GetOrderedMetadata<ITopicMetadata>()
            .Where(topic => topic.Name is not null)
            .Select(topic => new Declaration(
                topic, Path(endpoint.RoutePattern), [.. values.Where(value => Owns(topic, value))], bulk.FirstOrDefault(one => one.TopicName == topic.Name)));
    }

    private static bool Owns(ITopicMetadata topic, IOriginalTopicMetadata value) =>
        string.IsNullOrEmpty(value.Id) || (topic as IOwnedOriginalTopicMetadata)?.OwnedMetadatas?.Contains(value.Id) == true;

    // Without leading slash, as in the official SDK.
    private static string Path(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
        part is RoutePatternLiteralPart literal
            ? literal.Content
            : throw new InvalidOperationException($"The route '{pattern.RawText}' subscribes to a topic, so it cannot have parameters.")))));

    private Subscription Merge(string pubsub, string topic, List<Declaration> declared)
    {
        // The dead letter and bulk settings of the others do not count, as in the official SDK.
        var first = declared[0];
        var rules = declared.FindAll(one => !string.IsNullOrEmpty(one.Topic.Match));
        var defaults = declared.FindAll(one => string.IsNullOrEmpty(one.Topic.Match));
        ReportClashes(pubsub, topic, rules, defaults);

        var defaultPath = defaults.FirstOrDefault()?.Path;
        return new Subscription(
            topic,
            pubsub,
            rules.Count == 0 ? defaultPath : null,
            rules.Count == 0 ? null : new Routes(defaultPath, rules.ConvertAll(rule => new Rule(rule.Topic.Match, rule.Path))),
            Metadata(declared),
            (first.Topic as IDeadLetterTopicMetadata)?.DeadLetterTopic,
            first.Bulk is { } bulk ? new BulkSubscription(Enabled: true, bulk.MaxMessagesCount, bulk.MaxAwaitDurationMs) : null);
    }

    private Dictionary<string, string>? Metadata(List<Declaration> declared)
    {
        var separator = declared.Select(one => (one.Topic as IOwnedOriginalTopicMetadata)?.MetadataSeparator).FirstOrDefault(given => given is { Length: > 0 });
        var metadata = declared
            .SelectMany(one => one.Values)
            .GroupBy(value => value.Name)
            .ToDictionary(named => named.Key, named => string.Join(separator ?? ",", named.Select(value => value.Value).Distinct()));
        if (rawPayload || declared.Exists(one => (one.Topic as IRawTopicMetadata)?.EnableRawPayload == true))
            metadata["rawPayload"] = "true";
        return metadata.Count > 0 ? metadata : null;
    }

    private void ReportClashes(string pubsub, string topic, List<Declaration> rules, List<Declaration> defaults)
    {
        if (defaults.Count > 1)
            LogDefaultClash(logger, topic, pubsub, defaults[0].Path);
        foreach (var same in rules.GroupBy(rule => rule.Topic.Priority).Where(same => same.Count() > 1))
            LogPriorityClash(logger, topic, pubsub, same.Count(), same.Key);
    }

    [LoggerMessage(1, LogLevel.Error, "Topic {Topic} on pub/sub {PubSub} has several default routes; only {Path} is used")]
    private static partial void LogDefaultClash(ILogger logger, string topic, string pubSub, string path);

    [LoggerMessage(2, LogLevel.Error, "Topic {Topic} on pub/sub {PubSub} has {Count} rules of priority {Priority}; the first registered is tried first")]
    private static partial void LogPriorityClash(ILogger logger, string topic, string pubSub, int count, int priority);

    private sealed record Declaration(ITopicMetadata Topic, string Path, List<IOriginalTopicMetadata> Values, IBulkSubscribeMetadata? Bulk);
}
