using System.Collections.Concurrent;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>What is to be decided, and the records it is about.</summary>
public sealed record DeskCommand(string ReservationId, IReadOnlyList<Night> Nights, Func<LedgerPage, Booking?> Decide);

/// <summary>
/// Everything that touches rooms goes through here. A resort's nights are hot, so concurrent commands of one resort are grouped:
/// a group is read with one bulk get, decided in order, and written with one transaction. Etags keep several replicas right.
/// </summary>
public sealed class ReservationDesk(ILedgerStore store, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DeskLane> lanes = new();

    /// <returns>The reservation as it stands after the decision; null if there is none.</returns>
    public Task<Booking?> AskAsync(string resortId, DeskCommand command) =>
        lanes.GetOrAdd(resortId, static (_, desk) => new(desk.store, desk.clock), (store, clock)).AskAsync(command);
}
