using System.Text.Json;
using Dapr;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.View.DeadLetters;

/// <summary>View hears of the dead letters of every app, its own among them, and of the failures that led to them.</summary>
public static class DeadLetterSubscriptions
{
    private static readonly TimeSpan interest = TimeSpan.FromDays(7);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var app in Apps.All)
        {
            var topic = Deliveries.DeadLetterTopic(app);
            // raw, because then Dapr hands over everything: also what is no JSON, and what has expired; what cannot be kept comes round again
            routes.MapPost($"/events/{topic}", (JsonElement wrapped, DeadLetterDb db, DeadLetterMetrics metrics, TimeProvider clock, CancellationToken cancel) =>
                    KeepAsync(DeadMessage.Read(app, wrapped.GetProperty("data_base64").GetBytesFromBase64()), db, metrics, clock, cancel))
                .WithTopic(new TopicOptions
                {
                    PubsubName = Components.PubSub,
                    Name = topic,
                    DeadLetterTopic = topic,
                    Metadata = new Dictionary<string, string> { ["rawPayload"] = "true" },
                });
        }
        // not by MapEvents: a failure to count failures is not to be told as one
        routes.MapPost($"/events/{Topics.DeliveryFailed}", CountAsync)
            .WithTopic(new TopicOptions { PubsubName = Components.PubSub, Name = Topics.DeliveryFailed, DeadLetterTopic = Deliveries.DeadLetterTopic(Apps.View) });
    }

    private static async Task KeepAsync(DeadMessage dead, DeadLetterDb db, DeadLetterMetrics metrics, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.AddDeadAsync(NewId(now), dead, now, cancel);
        metrics.Count(dead.App);
    }

    private static async Task CountAsync(JsonElement envelope, DeadLetterDb db, TimeProvider clock, CancellationToken cancel)
    {
        var failed = DeliveredEvent.Read(envelope).Data.Deserialize<DeliveryFailed>(WireJson.Options)!;
        foreach (var one in failed.Events.Where(one => one.EventId.Length > 0)) // an envelope without an id is found again by its bytes only
            await db.AddFailureAsync(new() { FailureId = failed.FailureId, App = failed.App, EventId = one.EventId, Reason = one.Reason }, cancel);
        await db.ForgetFailuresAsync(before: NewId(clock.GetUtcNow() - interest), cancel);
    }

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString();
}
