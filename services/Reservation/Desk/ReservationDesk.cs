using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>What is to be decided, and the records it is about.</summary>
public sealed record DeskCommand(string ReservationId, IReadOnlyList<Night> Nights, Func<LedgerPage, Booking?> Decide);

/// <summary>
/// Everything that touches rooms goes through here. Concurrent commands are grouped: a group is read with one bulk get, decided in
/// order, and written with one transaction. A resort's nights are hot, so its commands keep to one lane; etags keep several replicas right.
/// </summary>
public sealed class ReservationDesk(ILedgerStore store, TimeProvider clock)
{
    private readonly DeskLane[] lanes = [new(store, clock), new(store, clock)];

    /// <returns>The reservation as it stands after the decision; null if there is none.</returns>
    public Task<Booking?> AskAsync(string resortId, DeskCommand command) =>
        lanes[(uint)resortId.GetHashCode(StringComparison.Ordinal) % lanes.Length].AskAsync(command);
}
