using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.State;

/// <summary>Where a state component publishes what its transactions write.</summary>
internal sealed record OutboxSettings
{
    public required string Pubsub { get; init; }
    public required string Topic { get; init; }

    /// <summary>The pub/sub component and topic over which daprd hands an event to itself before it publishes it.</summary>
    public required string InternalPubsub { get; init; }
    public required string InternalTopic { get; init; }

    /// <summary>What the keys begin with under which events wait in the store. Those of apps have one separator at most, and so are never among them.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>The key under which an event waits.</summary>
    public string KeyOf(OutboxEvent one) => KeyPrefix + one.Id[OutboxEvent.IdPrefix.Length..];

    /// <summary>The <c>outbox…</c> entries of a component; null unless it names both a pub/sub component and a topic. As in Dapr their names differ by case.</summary>
    public static OutboxSettings? Read(Component component, SidecarOptions options, ILogger log)
    {
        var (pubsub, topic, between) = (Exact("outboxPublishPubsub"), Exact("outboxPublishTopic"), Exact("outboxPubsub"));
        Exact("outboxDiscardWhenMissingState"); // an event and its state are one here: none is ever missing
        if (pubsub.Length == 0 || topic.Length == 0) return null;
        var space = options.Namespace is { Length: > 0 } given ? given : "default";
        return new OutboxSettings
        {
            Pubsub = pubsub,
            Topic = topic,
            InternalPubsub = between.Length > 0 ? between : pubsub,
            InternalTopic = $"{space}{options.AppId}{topic}outbox",
            KeyPrefix = $"{options.AppId}||{component.Name}||{OutboxEvent.IdPrefix}",
        };

        string Exact(string name)
        {
            var value = component.Metadata.Text(name);
            if (value is null) return "";
            if (component.Metadata.Items.Any(item => item.Name == name)) return value;
            StateLog.OutboxMisspelt(log, component.Name, name);
            return "";
        }
    }
}
