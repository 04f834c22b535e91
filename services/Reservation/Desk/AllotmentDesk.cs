using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>
/// What staff changes of a night. Nobody repeats it when the event is lost, so record and event go together by Dapr's outbox; the
/// reservations go on meanwhile, and whoever was slower decides again by etag.
/// </summary>
public sealed partial class AllotmentDesk(DaprClient dapr, TimeProvider clock, ILogger<AllotmentDesk> logger)
{
    public async Task<Allotment> FindAsync(ResortEntry resort, DateOnly date, CancellationToken cancel) =>
        await dapr.GetStateAsync<Allotment?>(Components.ReservationStore, Key(resort, date), cancellationToken: cancel) ?? Allotment.Open(resort.DefaultCapacity);

    /// <returns>The night as it is now, and whether it has this capacity.</returns>
    public async Task<(Allotment Allotment, bool Accepted)> ResizeAsync(ResortEntry resort, DateOnly date, int capacity, string correlationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (allotment, isChanged) = await dapr.ChangeAndPublishAsync<Allotment, AllotmentChanged>(Components.AllotmentOutbox, Key(resort, date), found =>
            // one that has it already may have got it from this call, and only the answer was lost
            found?.Capacity != capacity && (found ?? Allotment.Open(resort.DefaultCapacity)).Resize(capacity, now) is { } resized
                ? (resized, Changed(resort, date, resized, correlationId, now))
                : null, logger, cancel);
        if (isChanged)
            Resized(logger, resort.Id, date, capacity, correlationId);
        allotment ??= Allotment.Open(resort.DefaultCapacity);
        return (allotment, Accepted: allotment.Capacity == capacity);
    }

    private static AllotmentChanged Changed(ResortEntry resort, DateOnly date, Allotment allotment, string correlationId, DateTimeOffset now) => new()
    {
        EventId = $"{resort.Id}:{date:O}:{nameof(AllotmentChanged)}:{allotment.Changes}",
        Time = now,
        CorrelationId = correlationId,
        ResortId = resort.Id,
        Date = date,
        Capacity = allotment.Capacity,
        Held = allotment.Held(now),
        Sold = allotment.Sold,
    };

    private static string Key(ResortEntry resort, DateOnly date) => DaprLedgerStore.Key(new Night(resort.Id, date));

    [LoggerMessage(1300, LogLevel.Information, "{ResortId} offers {Capacity} rooms on {Date} ({CorrelationId})")]
    private static partial void Resized(ILogger logger, string resortId, DateOnly date, int capacity, string correlationId);
}
