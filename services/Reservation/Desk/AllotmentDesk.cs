using Dapr;
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
    private const int Rounds = 20; // bookings of a busy night are fast

    public async Task<Allotment> FindAsync(ResortEntry resort, DateOnly date, CancellationToken cancel) =>
        await dapr.GetStateAsync<Allotment?>(Components.ReservationStore, Key(resort, date), cancellationToken: cancel) ?? Allotment.Open(resort.DefaultCapacity);

    /// <returns>The night as it is now, and whether it has this capacity.</returns>
    public async Task<(Allotment Allotment, bool Accepted)> ResizeAsync(ResortEntry resort, DateOnly date, int capacity, string correlationId, CancellationToken cancel)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var now = clock.GetUtcNow();
            var (found, etag) = await dapr.GetStateAndETagAsync<Allotment?>(Components.ReservationStore, Key(resort, date), cancellationToken: cancel);
            if (found?.Capacity == capacity)
                return (found, Accepted: true); // also when it was written, and only the answer was lost
            var current = found ?? Allotment.Open(resort.DefaultCapacity);
            if (current.Resize(capacity, now) is not { } resized)
                return (current, Accepted: false);
            var operations = Outbox.Operations(Key(resort, date), resized, etag ?? "", Changed(resort, date, resized, correlationId, now));
            if (!await dapr.TryExecuteAsync(Components.AllotmentOutbox, operations, logger, cancel))
                continue;
            Resized(logger, resort.Id, date, capacity, correlationId);
            return (resized, Accepted: true);
        }
        throw new DaprException($"The allotment of {resort.Id} on {date:O} could not be written in {Rounds} rounds.");
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
