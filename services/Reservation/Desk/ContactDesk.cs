using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>
/// What guests change of their reservations. Nobody repeats it when the event is lost, so record and event go together by Dapr's outbox; the
/// sagas go on meanwhile, and whoever was slower decides again by etag.
/// </summary>
public sealed partial class ContactDesk(DaprClient dapr, TimeProvider clock, ILogger<ContactDesk> logger)
{
    /// <param name="reservationId">The reservation to be changed.</param>
    /// <param name="decide">Gives the changed reservation, or the one it got when there is nothing to change.</param>
    /// <param name="correlationId">Of the request.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The reservation as it is now; null if there is none.</returns>
    public async Task<Booking?> ChangeAsync(string reservationId, Func<Booking, Booking> decide, string correlationId, CancellationToken cancel)
    {
        var (booking, isChanged) = await dapr.ChangeAndPublishAsync<Booking, ReservationChanged>(Components.ReservationOutbox, DaprLedgerStore.Key(reservationId), current =>
        {
            if (current is null || decide(current) is var changed && ReferenceEquals(changed, current))
                return null;
            var stamp = new EventStamp(reservationId, reservationId, clock.GetUtcNow(), correlationId, changed.Stay.Revision);
            return (changed, stamp.On(new ReservationChanged { Stay = changed.Stay }));
        }, logger, cancel);
        if (isChanged)
            Changed(logger, reservationId, correlationId);
        return booking;
    }

    [LoggerMessage(1400, LogLevel.Information, "Contact or needs of reservation {ReservationId} are changed ({CorrelationId})")]
    private static partial void Changed(ILogger logger, string reservationId, string correlationId);
}
