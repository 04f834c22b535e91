using System.Text.Json;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>One batch: read, handled together, and if that fails one by one; what was not handled is told.</summary>
internal sealed partial class Delivery<T>(string app, string topic, Func<DeliveredEvent, T> read, EventsHandler<T> handle, HttpContext context)
{
    private readonly ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Deliveries));
    private readonly List<BulkSubscribeAppResponseEntry> statuses = [];
    private readonly List<FailedEvent> failed = [];

    public async Task<BulkSubscribeAppResponse> HandleAsync(BulkSubscribeMessage<JsonElement> batch)
    {
        var readable = new List<Entry>(batch.Entries.Count);
        foreach (var entry in batch.Entries)
            if (TryRead(entry, out var found))
                readable.Add(found);
        await HandleAsync(readable);
        if (failed.Count > 0)
            await context.RequestServices.GetRequiredService<DeliveryFailures>().TellAsync(app, topic, failed);
        return new(statuses);
    }

    private bool TryRead(BulkSubscribeMessageEntry<JsonElement> entry, out Entry found)
    {
        var id = DeliveredEvent.Text(entry.Event, "id");
        try
        {
            var delivered = DeliveredEvent.Read(entry.Event);
            found = new(entry.EntryId, id, delivered.TraceParent, read(delivered));
            return true;
        }
        catch (JsonException exception)
        {
            Unreadable(logger, topic, id, exception.Message);
            failed.Add(new(id, $"It cannot be read: {exception.Message}"));
            statuses.Add(new(entry.EntryId, BulkSubscribeAppResponseStatus.DROP)); // to the dead letters: no retry makes it readable
            found = default;
            return false;
        }
    }

    private async Task HandleAsync(List<Entry> entries)
    {
        if (entries.Count == 0)
            return;
        if (await TryHandleAsync(entries) is not { } reason)
            statuses.AddRange(entries.Select(entry => new BulkSubscribeAppResponseEntry(entry.EntryId, BulkSubscribeAppResponseStatus.SUCCESS)));
        else if (entries.Count > 1)
            foreach (var entry in entries)
                await HandleAsync([entry]);
        else
        {
            failed.Add(new(entries[0].EventId, reason));
            statuses.Add(new(entries[0].EntryId, BulkSubscribeAppResponseStatus.RETRY));
        }
    }

    /// <returns>Why not; null when they were handled.</returns>
    private async Task<string?> TryHandleAsync(IReadOnlyList<Entry> entries)
    {
        using var trace = EventTrace.Continue(entries.Count == 1 ? entries[0].TraceParent : null, topic);
        try
        {
            await handle([.. entries.Select(entry => entry.Event)], context.RequestServices, context.RequestAborted);
            return null;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            NotHandled(logger, topic, string.Join(", ", entries.Select(entry => entry.EventId)), exception.Message);
            return exception.Message;
        }
    }

    [LoggerMessage(110, LogLevel.Error, "{Topic}: event {Id} cannot be read and goes to the dead letters: {Reason}")]
    private static partial void Unreadable(ILogger logger, string topic, string id, string reason);

    [LoggerMessage(111, LogLevel.Warning, "{Topic}: {Ids} not handled, to be delivered again: {Reason}")]
    private static partial void NotHandled(ILogger logger, string topic, string ids, string reason);

    private readonly record struct Entry(string EntryId, string EventId, string TraceParent, T Event);
}
