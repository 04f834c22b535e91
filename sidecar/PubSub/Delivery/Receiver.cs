using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Expressions;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>A message that is to be delivered: the event as the app gets it, and the path it goes to.</summary>
internal sealed record ReceivedEvent(int Index, Message Message, byte[] Body, EventHead Head, string Path);

/// <summary>What happens to a subscription's messages before the app sees them, and in the end if it does not handle them.</summary>
internal sealed class Receiver(PubSubComponent component, Subscription subscription, EventRoutes routes, SidecarTracing tracing, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan deadLetterLimit = TimeSpan.FromSeconds(30);

    /// <summary>Whether the app takes bytes as they are, and not CloudEvents.</summary>
    public bool IsRaw { get; } = subscription.Metadata.TryGetValue("rawPayload", out var raw) && PublishMetadata.Bool(raw) is true;

    public PubSubComponent Component => component;

    /// <summary>Begins a call of the app, in the trace of the first event.</summary>
    public DeliveryTrace Begin(ReceivedEvent first) => tracing.BeginDelivery(component.TopicOf(first.Message), first.Head.TraceParent);

    /// <summary>Reads a message and finds its route. Null if the app is not to be called; then the outcome is decided.</summary>
    public ReceivedEvent? Receive(int index, Message message, out Outcome outcome)
    {
        outcome = Outcome.Retry;
        var head = default(EventHead);
        var topic = component.TopicOf(message);
        try
        {
            var body = IsRaw ? RawEvent.Wrap(message.Data, component.Name, topic, Guid.CreateVersion7(clock.GetUtcNow())) : message.Data;
            head = EventHead.Read(body);
            if (head.IsExpired(clock.GetUtcNow())) SubscriptionLog.Expired(log, head.Id, head.Expiration!);
            else if (routes.Find(body) is { } path) return new ReceivedEvent(index, message, body, head, path);
            else SubscriptionLog.NoRoute(log, head.Id, component.Name, topic);
            outcome = Outcome.Drop;
        }
        catch (JsonException e) { SubscriptionLog.Unreadable(log, component.Name, topic, e.Message); }
        catch (CelException e) { SubscriptionLog.RouteFailed(log, head.Id, component.Name, topic, e.Message); }
        component.Metrics.Delivered(component.Name, topic, outcome, isAnswer: false, TimeSpan.Zero);
        return null;
    }

    /// <summary>Whether the broker is to forget a message: after success, or when it is with the dead letters, or is dropped and there are none.</summary>
    public async Task<bool> ConcludeAsync(Message message, Outcome outcome)
    {
        if (outcome == Outcome.Success) return true;
        if (outcome == Outcome.Later && component.Redelivers) return false;
        if (subscription.DeadLetterTopic is not { Length: > 0 } deadLetters) return outcome == Outcome.Drop;
        try
        {
            await component.PublishAsync(deadLetters, message.Data, message.Metadata, CancellationToken.None).WaitAsync(deadLetterLimit, clock);
            return true;
        }
        catch (Exception e) when (e is DaprException or TimeoutException)
        {
            SubscriptionLog.NotDeadLettered(log, component.TopicOf(message), deadLetters, e.Message);
            return false;
        }
    }
}
