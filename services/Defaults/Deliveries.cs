using System.Text.Json;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resort.Contracts;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>Takes a batch of events. Throwing means that none of them counts as handled.</summary>
public delegate Task EventsHandler<TEvent>(IReadOnlyList<TEvent> events, IServiceProvider services, CancellationToken cancel);

/// <summary>Takes one event, in its own trace.</summary>
public delegate Task EventHandler<TEvent>(TEvent @event, IServiceProvider services, CancellationToken cancel);

/// <summary>Bulk subscriptions: a batch costs one call, and one bad entry does not hold up its neighbours.</summary>
public static class Deliveries
{
    /// <summary>Dead letters are kept per consumer, because only the one that failed is to see them again.</summary>
    public static string DeadLetterTopic(string app) => $"{app}-dead";

    public static void MapEvents<TEvent>(this IEndpointRouteBuilder routes, string app, EventsHandler<TEvent> handle)
        where TEvent : ResortEvent, IPublished =>
        routes.MapEvents(app, TEvent.Topic, Read<TEvent>, handle);

    /// <summary>For handlers that have nothing to do together: the events of a batch are handled at the same time.</summary>
    public static void MapEvent<TEvent>(this IEndpointRouteBuilder routes, string app, EventHandler<TEvent> handle)
        where TEvent : ResortEvent, IPublished =>
        routes.MapEvents<TEvent>(app, (events, services, cancel) => Task.WhenAll(events.Select(async one =>
        {
            using var trace = EventTrace.Continue(one.TraceParent, TEvent.Topic);
            await handle(one, services, cancel);
        })));

    public static void MapEvents<T>(
        this IEndpointRouteBuilder routes, string app, string topic, Func<DeliveredEvent, T> read, EventsHandler<T> handle) =>
        routes.MapPost($"/events/{topic}", async (BulkSubscribeMessage<JsonElement> batch, HttpContext context) =>
            {
                var delivery = new Delivery<T>(app, topic, read, handle, context);
                // the names in this answer are Dapr's, not ours
                return Results.Json(await delivery.HandleAsync(batch), JsonSerializerOptions.Web);
            })
            .WithTopic(new TopicOptions { PubsubName = Components.PubSub, Name = topic, DeadLetterTopic = DeadLetterTopic(app) })
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = topic, MaxMessagesCount = 100, MaxAwaitDurationMs = 20 });

    private static TEvent Read<TEvent>(DeliveredEvent delivered) where TEvent : ResortEvent =>
        delivered.Data.Deserialize<TEvent>(WireJson.Options) is { } read
            ? (TEvent)(read with { TraceParent = delivered.TraceParent })
            : throw new JsonException("The event is empty.");
}
