using System.Text.Json;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resort.Contracts;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>Takes a batch of events. Throwing means that none of them counts as handled.</summary>
public delegate Task EventsHandler<TEvent>(IReadOnlyList<TEvent> events, IServiceProvider services, CancellationToken cancel);

/// <summary>Bulk subscriptions: a batch costs one call, and one bad entry does not hold up its neighbours.</summary>
public static partial class Deliveries
{
    /// <summary>Dead letters are kept per consumer, because only the one that failed is to see them again.</summary>
    public static string DeadLetterTopic(string app) => $"{app}-dead";

    public static void MapEvents<TEvent>(this IEndpointRouteBuilder routes, string app, EventsHandler<TEvent> handle)
        where TEvent : ResortEvent, IPublished =>
        routes.MapEvents(app, TEvent.Topic, Read<TEvent>, handle);

    public static void MapEvents<T>(
        this IEndpointRouteBuilder routes, string app, string topic, Func<BulkMessageModel<JsonElement>, T> read, EventsHandler<T> handle) =>
        routes.MapPost($"/events/{topic}", async (BulkSubscribeMessage<BulkMessageModel<JsonElement>> batch, HttpContext context) =>
            {
                var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Deliveries));
                var delivery = new Delivery<T>(topic, read, handle, context.RequestServices, logger, context.RequestAborted);
                // the names in this answer are Dapr's, not ours
                return Results.Json(await delivery.HandleAsync(batch), JsonSerializerOptions.Web);
            })
            .WithTopic(new TopicOptions { PubsubName = Components.PubSub, Name = topic, DeadLetterTopic = DeadLetterTopic(app) })
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = topic, MaxMessagesCount = 100, MaxAwaitDurationMs = 20 });

    private static TEvent Read<TEvent>(BulkMessageModel<JsonElement> message) where TEvent : ResortEvent =>
        message.Data.Deserialize<TEvent>(WireJson.Options) ?? throw new JsonException("The event is empty.");

    private sealed class Delivery<T>(
        string topic, Func<BulkMessageModel<JsonElement>, T> read, EventsHandler<T> handle, IServiceProvider services, ILogger logger, CancellationToken cancel)
    {
        public async Task<BulkSubscribeAppResponse> HandleAsync(BulkSubscribeMessage<BulkMessageModel<JsonElement>> batch)
        {
            var readable = new List<(string EntryId, T Event)>(batch.Entries.Count);
            var statuses = new List<BulkSubscribeAppResponseEntry>(batch.Entries.Count);
            foreach (var entry in batch.Entries)
            {
                if (TryRead(entry.Event, out var read))
                    readable.Add((entry.EntryId, read));
                else
                    statuses.Add(new(entry.EntryId, BulkSubscribeAppResponseStatus.DROP)); // to the dead letters: no retry makes it readable
            }
            statuses.AddRange(await HandleAsync(readable));
            return new(statuses);
        }

        private bool TryRead(BulkMessageModel<JsonElement> message, out T @event)
        {
            try
            {
                @event = read(message);
                return true;
            }
            catch (JsonException exception)
            {
                Unreadable(logger, topic, message.Id, exception.Message);
                @event = default!;
                return false;
            }
        }

        private async Task<IEnumerable<BulkSubscribeAppResponseEntry>> HandleAsync(List<(string EntryId, T Event)> entries)
        {
            if (entries.Count == 0)
                return [];
            if (await TryHandleAsync([.. entries.Select(e => e.Event)]))
                return entries.Select(e => new BulkSubscribeAppResponseEntry(e.EntryId, BulkSubscribeAppResponseStatus.SUCCESS));
            var statuses = new List<BulkSubscribeAppResponseEntry>(entries.Count);
            foreach (var (entryId, @event) in entries)
            {
                var alone = entries.Count > 1 && await TryHandleAsync([@event]);
                statuses.Add(new(entryId, alone ? BulkSubscribeAppResponseStatus.SUCCESS : BulkSubscribeAppResponseStatus.RETRY));
            }
            return statuses;
        }

        private async Task<bool> TryHandleAsync(IReadOnlyList<T> events)
        {
            try
            {
                await handle(events, services, cancel);
                return true;
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                NotHandled(logger, events.Count, topic, exception.Message);
                return false;
            }
        }
    }

    [LoggerMessage(110, LogLevel.Error, "{Topic}: event {Id} cannot be read and goes to the dead letters: {Reason}")]
    private static partial void Unreadable(ILogger logger, string topic, string id, string reason);

    [LoggerMessage(111, LogLevel.Warning, "{Count} of {Topic} not handled, to be delivered again: {Reason}")]
    private static partial void NotHandled(ILogger logger, int count, string topic, string reason);
}
