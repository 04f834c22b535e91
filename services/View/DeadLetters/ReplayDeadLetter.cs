using System.Text.Json;
using Dapr.Client;
using Resort.Contracts;
using Resort.Defaults;

namespace Resort.View.DeadLetters;

/// <summary>
/// <c>POST /dead-letters/{id}/replay</c>: the message goes to its topic once more, as it was. All subscribers get it; those that have
/// handled it know its id.
/// </summary>
public static partial class ReplayDeadLetter
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dead-letters/{id:guid}/replay", HandleAsync)
        .WithSummary("Sends a dead letter to its topic once more")
        .Answers(StatusCodes.Status202Accepted, "Location").Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, DeadLetterDb db, DaprClient dapr, TimeProvider clock, ILogger<DeadLetter> logger, HttpContext context, CancellationToken cancel)
    {
        if (await db.FindAsync(id.ToString(), cancel) is not { Letter: var letter })
            return Problems.NotFound("dead letter");
        if (letter.Topic is null)
            return Problems.Problem(StatusCodes.Status409Conflict, "not_replayable", "It does not say which topic it came from.");
        if (letter.Status is DeadLetterStatus.Dead)
        {
            await PublishAsync(letter, dapr, cancel);
            // after it: cut off in between, it can be replayed again
            await db.MarkReplayedAsync(letter, clock.GetUtcNow(), cancel);
            Replayed(logger, letter.EventId, letter.Topic, letter.App, CorrelationId.Of(context));
        }
        context.Response.Headers.Location = $"/dead-letters/{letter.Id}";
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    // Raw: it is an envelope already, and keeps its id, trace and time
    private static Task PublishAsync(DeadLetter letter, DaprClient dapr, CancellationToken cancel)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(letter.Message);
        var metadata = new Dictionary<string, string> { ["rawPayload"] = "true" };
        if (message.TryGetProperty("data", out var data) && DeliveredEvent.Text(data, "reservationid") is { Length: > 0 } reservationId)
            metadata["partitionKey"] = reservationId;
        return dapr.PublishEventAsync(Components.PubSub, letter.Topic!, message, metadata, cancel);
    }

    [LoggerMessage(4100, LogLevel.Information, "Event {EventId} goes to {Topic} again, where {App} could not handle it ({CorrelationId})")]
    private static partial void Replayed(ILogger logger, string eventId, string topic, string app, string correlationId);
}
