using System.Collections.Concurrent;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Resort.Tests.Sidecar;

namespace Resort.Tests.Sdk;

/// <summary>One event as an endpoint saw it.</summary>
internal sealed record Delivery(string Route, string ContentType, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>The data of the tests' events.</summary>
internal sealed record Held(string ReservationId, int Rooms = 0);

/// <summary>The application behind the embedded sidecar: its subscriptions and what came of them.</summary>
internal sealed class Deliveries
{
    private readonly ConcurrentQueue<Delivery> all = new();

    public void Map(WebApplication app)
    {
        app.UseCloudEvents(new CloudEventsMiddlewareOptions { ForwardCloudEventPropertiesAsHeaders = true });
        app.MapSubscribeHandler();
        app.MapPost("/plain", Record).WithTopic("pubsub", "plain");
        app.MapPost("/large", [Topic("pubsub", "ruled", Match = "event.data.rooms > 2", Priority = 1)] (HttpContext context) => Record(context));
        app.MapPost("/small", [Topic("pubsub", "ruled")] (HttpContext context) => Record(context));
        app.MapPost("/batch", RecordBatch).WithTopic("pubsub", "batched")
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = "batched", MaxMessagesCount = 1, MaxAwaitDurationMs = 100 });
        app.MapPost("/echo", async (HttpRequest request) => $"{request.QueryString} {await new StreamReader(request.Body).ReadToEndAsync()}");
        app.MapGet("/teapot", () => Results.Text("short and stout", statusCode: StatusCodes.Status418ImATeapot));
    }

    /// <summary>The first event whose body or headers hold <paramref name="text"/>.</summary>
    public Task<Delivery> OfAsync(string text) => Probe.UntilAsync(
        $"an event with {text}",
        () => all.FirstOrDefault(one => one.Body.Contains(text, StringComparison.Ordinal) || one.Headers.Values.Contains(text)),
        found => found is not null)!;

    private async Task Record(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        all.Enqueue(new Delivery(
            context.Request.Path,
            context.Request.ContentType ?? "",
            await body.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
    }

    private BulkSubscribeAppResponse RecordBatch(BulkSubscribeMessage<BulkMessageModel<Held>> batch)
    {
        var statuses = new List<BulkSubscribeAppResponseEntry>();
        foreach (var entry in batch.Entries)
        {
            all.Enqueue(new Delivery($"/batch/{batch.Topic}", entry.ContentType, entry.Event.Data.ReservationId, entry.Metadata));
            statuses.Add(new BulkSubscribeAppResponseEntry(entry.EntryId, BulkSubscribeAppResponseStatus.SUCCESS));
        }

        return new BulkSubscribeAppResponse(statuses);
    }
}
