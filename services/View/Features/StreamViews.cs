using System.Globalization;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary>Section <c>Stream</c> of the configuration.</summary>
public sealed record StreamSettings
{
    /// <summary>How long nothing is sent before a comment is. Less than what takes silence for death on the way here: the gateway does after 30 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take for what it was sent, before it is cut off; it may come back and resume.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary><c>GET /views/stream</c>: server-sent events, one per change from now on, or from the one that <c>Last-Event-ID</c> names.</summary>
public sealed class StreamViews(ChangeLog log, Listeners listeners, StreamSettings settings, TimeProvider clock, IHostApplicationLifetime app)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/views/stream", (string? reservationid, HttpContext context, StreamViews feature) => feature.HandleAsync(reservationid, context))
            .WithSummary("Server-sent events, one per change from now on, or from the one that Last-Event-ID names")
            .AsksQuery("reservationid", "Only the changes of this reservation.").AsksHeader("Last-Event-ID", "The id of the last event that was seen.")
            .Produces<string>(contentType: "text/event-stream").Refuses(StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> HandleAsync(string? reservationId, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var resumeAt = LastEventId(context.Request, errors);
        if (reservationId is not null && !Guid.TryParse(reservationId, out _))
            errors["reservationid"] = ["is no reservation's id."];
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);

        using var listener = listeners.TryAdd(reservationId?.ToLowerInvariant());
        if (listener is null)
        {
            context.Response.Headers.RetryAfter = "10";
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "too_many_listeners", "There are too many listeners. Please try again.");
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, app.ApplicationStopping);
        try
        {
            await FollowAsync(listener, new(context, settings.Patience, clock), resumeAt, end.Token);
        }
        catch (OperationCanceledException)
        {
            // the client is gone, or was too slow, or we go: the log has everything for the next time
        }
        return Results.Empty;
    }

    private async Task FollowAsync(Listener listener, EventStream stream, long? resumeAt, CancellationToken end)
    {
        var latest = await log.LatestSequenceAsync(end);
        var sent = Math.Min(resumeAt ?? latest, latest);
        await stream.BeginAsync(sent, end);
        while (true)
        {
            var changes = await log.AfterAsync(sent, listener.ReservationId, end);
            if (changes.Count > 0)
            {
                await stream.SendAsync(changes, end);
                sent = changes[^1].Sequence;
            }
            else if (!await listener.WaitAsync(settings.Heartbeat, clock, end))
            {
                await stream.SendHeartbeatAsync(end);
            }
        }
    }

    private static long? LastEventId(HttpRequest request, Dictionary<string, string[]> errors)
    {
        if (request.Headers["Last-Event-ID"].ToString() is not { Length: > 0 } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return sequence;
        errors["last-event-id"] = ["is no id of this stream."];
        return null;
    }
}
