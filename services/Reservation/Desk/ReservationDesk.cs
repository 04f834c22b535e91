using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>What is to be decided, and the records it is about.</summary>
public sealed record DeskCommand(string ReservationId, IReadOnlyList<Night> Nights, Func<LedgerPage, Booking?> Decide);

/// <summary>
/// Everything that touches rooms goes through here. Concurrent commands are grouped: a group is read with one bulk get, decided in
/// order, and written with one transaction. A resort's nights are hot, so its commands keep to one lane; etags keep several replicas right.
/// </summary>
public sealed class ReservationDesk
{
    private readonly ILedgerStore store;
    private readonly DecisionLane<DeskCommand, LedgerPage, Booking?>[] lanes;

    public ReservationDesk(ILedgerStore store, TimeProvider clock)
    {
        this.store = store;
        lanes = [Lane(), Lane()];

        DecisionLane<DeskCommand, LedgerPage, Booking?> Lane() => new(ReadAsync, (command, page) => command.Decide(page), TryWriteAsync, clock);
    }

    /// <returns>The reservation as it stands after the decision; null if there is none.</returns>
    public Task<Booking?> AskAsync(string resortId, DeskCommand command) =>
        lanes[(uint)resortId.GetHashCode(StringComparison.Ordinal) % lanes.Length].AskAsync(command);

    private Task<LedgerPage> ReadAsync(IReadOnlyList<DeskCommand> group, CancellationToken cancel) => store.ReadAsync(
        group.Select(command => command.ReservationId).ToHashSet(), group.SelectMany(command => command.Nights).ToHashSet(), cancel);

    private async Task<bool> TryWriteAsync(LedgerPage page, CancellationToken cancel) => !page.IsChanged || await store.TryWriteAsync(page, cancel);
}
