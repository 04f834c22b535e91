using Resort.Contracts;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;
using Resort.Workflows;

namespace Resort.Reservation.Sagas;

/// <summary>Starts the saga of an order, and waits until the customer can be told what became of it.</summary>
public sealed class BookingProgress(ISagas sagas, ILedgerStore ledger, TimeProvider clock)
{
    private static readonly TimeSpan shortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan longestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when the saga is durable.</summary>
    public Task StartAsync(BookingOrder order, CancellationToken patience) => sagas.StartBookingAsync(order, patience);

    /// <summary>For an order that came before. Its saga may never have been started, may run, be over, or be forgotten.</summary>
    /// <returns>What the customer was told, if that is decided.</returns>
    public async Task<BookingOutcome?> ResumeAsync(BookingOrder order, CancellationToken patience)
    {
        var booking = await ledger.FindAsync(order.ReservationId, patience);
        if (booking is null)
            await StartAsync(order, patience);
        return FirstAnswer(booking);
    }

    /// <returns>Null when the patience comes to its end first.</returns>
    public async Task<BookingOutcome?> WaitAsync(BookingOrder order, CancellationToken patience)
    {
        try
        {
            return order.PaymentType is PaymentType.Transfer
                ? await AskLedgerAsync(order.ReservationId, patience)
                : await sagas.EndOfBookingAsync(order.ReservationId, patience);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The answer to whoever booked, null while it is open. It stays the same, whatever becomes of the reservation later.</summary>
    public static BookingOutcome? FirstAnswer(Booking? booking) =>
        booking is null or { Status: ReservationStatus.Requested or ReservationStatus.Held } ? null
        : booking.Was(ReservationStatus.AwaitingDeposit) ? new(ReservationStatus.AwaitingDeposit, DepositDeadline: booking.DepositDeadline)
        : booking.Was(ReservationStatus.Paid) ? new(ReservationStatus.Paid)
        : new(booking.Status, booking.Reason);

    // Dapr tells of a workflow's end only, and one that awaits a transfer goes on until then.
    private async Task<BookingOutcome> AskLedgerAsync(string reservationId, CancellationToken cancel)
    {
        for (var pause = shortestPause; ; pause = pause < longestPause ? pause * 2 : longestPause)
        {
            await Task.Delay(pause, clock, cancel);
            if (FirstAnswer(await ledger.FindAsync(reservationId, cancel)) is { } outcome)
                return outcome;
        }
    }
}
