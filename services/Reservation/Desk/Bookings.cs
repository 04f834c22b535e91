using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Reservation.Domain;
using Resort.Reservation.Events;
using Resort.Reservation.Sagas;
using Resort.Workflows;

namespace Resort.Reservation.Desk;

/// <summary>
/// The steps of the sagas: decided and written by the desk, then published, then answered. A step that comes again finds what
/// it did and publishes again, so no event is lost between save and publish.
/// </summary>
public sealed partial class Bookings(
    ReservationDesk desk, ICapacities capacities, IBookingEvents events, ISagas sagas,
    BookingSettings settings, TimeProvider clock, ILogger<Bookings> logger) : IBookings
{
    public async Task<BookingOutcome> HoldAsync(BookingOrder order)
    {
        var capacity = await capacities.OfAsync(order.Stay.ResortId);
        var booking = await AskAsync(order.ReservationId, order.Stay, (page, now) =>
        {
            DateTimeOffset? deadline = order.PaymentType is PaymentType.Transfer ? now + settings.DepositDeadline : null;
            return Decisions.Hold(page, Requested(order) with { DepositDeadline = deadline }, capacity, (deadline ?? now) + settings.HoldFor, now);
        });
        await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Held, ReservationStatus.Rejected);
        return Outcome(booking);
    }

    /// <summary>Payment tells the world of it.</summary>
    public async Task<BookingOutcome> AwaitDepositAsync(BookingOrder order) =>
        Told(await AskAsync(order.ReservationId, order.Stay, (page, now) => Decisions.AwaitDeposit(page, order.ReservationId, now)), order.CorrelationId);

    public async Task<BookingOutcome> SellAsync(BookingOrder order)
    {
        var booking = await AskAsync(order.ReservationId, order.Stay, (page, now) => Decisions.Sell(page, order.ReservationId, now));
        await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Paid, ReservationStatus.Confirmed, ReservationStatus.Rejected);
        return Told(booking, order.CorrelationId);
    }

    public async Task<BookingOutcome> RejectAsync(BookingOrder order, RejectionReason reason)
    {
        var booking = await AskAsync(order.ReservationId, order.Stay, (page, now) => Decisions.Reject(page, Requested(order), reason, now));
        await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Rejected);
        return Told(booking, order.CorrelationId);
    }

    /// <summary>The ticket is there. Needs no night, but takes its turn at the desk, where the sale may be on its way.</summary>
    public async Task ConfirmAsync(TicketIssued issued)
    {
        var booking = await desk.AskAsync(issued.Stay.ResortId, new(issued.ReservationId, [],
            page => Decisions.Confirm(page, issued.ReservationId, issued.IssuedId, issued.TicketNumber, clock.GetUtcNow())));
        if (booking is not null)
            await events.PublishAsync(booking, issued.CorrelationId, ReservationStatus.Confirmed);
    }

    /// <summary>The guest is there. The event of the ticket has said so; what it may have brought about beside is the confirmation.</summary>
    public async Task CheckInAsync(TicketCheckedIn checkedIn)
    {
        var booking = await desk.AskAsync(checkedIn.Stay.ResortId, new(checkedIn.ReservationId, [],
            page => Decisions.CheckIn(page, checkedIn.ReservationId, checkedIn.IssuedId, checkedIn.TicketNumber, clock.GetUtcNow())));
        if (booking is null)
            return;
        await events.PublishAsync(booking, checkedIn.CorrelationId, ReservationStatus.Confirmed);
        Told(booking, checkedIn.CorrelationId);
    }

    public async Task<CancellationBegun> BeginCancellationAsync(CancellationOrder order)
    {
        var booking = await AskAsync(order.ReservationId, order.Stay, (page, now) => Decisions.BeginCancellation(page, order.ReservationId, now));
        if (booking.Status is ReservationStatus.Cancelling)
        {
            if (!booking.Was(ReservationStatus.Paid))
                await sagas.TellCancelledAsync(order.ReservationId);
            await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Cancelling);
        }
        // The guest was quicker than the saga: this attempt, which was accepted, has not begun, and is refused
        if (booking.Status is ReservationStatus.CheckedIn)
            await events.PublishRefusedAsync(booking, booking.CancellationAttempts + 1, booking.Moves.Last(move => move.Status is ReservationStatus.CheckedIn), order.CorrelationId);
        var outcome = Told(booking, order.CorrelationId);
        return new(outcome.Status, outcome.Reason, booking.CancellationAttempts);
    }

    public async Task<BookingOutcome> RefuseCancellationAsync(CancellationOrder order)
    {
        var booking = await AskAsync(
            order.ReservationId, order.Stay, (page, now) => Decisions.RefuseCancellation(page, order.ReservationId, order.Attempt, now));
        if (booking.CancellationAttempts == order.Attempt)
        {
            await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Confirmed);
            await events.PublishRefusedAsync(booking, order.Attempt, booking.Moves.Last(move => move.Status is ReservationStatus.Confirmed), order.CorrelationId);
        }
        return Told(booking, order.CorrelationId);
    }

    public async Task<BookingOutcome> FinishCancellationAsync(CancellationOrder order)
    {
        var booking = await AskAsync(order.ReservationId, order.Stay, (page, now) => Decisions.FinishCancellation(page, order.ReservationId, now));
        await events.PublishAsync(booking, order.CorrelationId, ReservationStatus.Cancelled);
        return Told(booking, order.CorrelationId);
    }

    private async Task<Booking> AskAsync(string reservationId, Stay stay, Func<LedgerPage, DateTimeOffset, Booking?> decide) =>
        await desk.AskAsync(stay.ResortId, new(reservationId, Night.Of(stay), page => decide(page, clock.GetUtcNow())))
        ?? throw new InvalidOperationException($"There is no reservation {reservationId}.");

    /// <summary>The reservation before anything was done about it.</summary>
    public static Booking Requested(BookingOrder order) =>
        Booking.Requested(order.ReservationId, order.Stay, order.Cost, order.PaymentType, order.CorrelationId);

    private BookingOutcome Told(Booking booking, string correlationId)
    {
        IsNow(logger, booking.ReservationId, booking.Status, booking.Reason is { } reason ? $": {reason}" : "", correlationId);
        return Outcome(booking);
    }

    private static BookingOutcome Outcome(Booking booking) => new(booking.Status, booking.Reason, booking.DepositDeadline);

    [LoggerMessage(1000, LogLevel.Information, "Reservation {ReservationId} is {Status}{Reason} ({CorrelationId})")]
    private static partial void IsNow(ILogger logger, string reservationId, ReservationStatus status, string reason, string correlationId);
}

/// <summary>How many rooms a resort usually offers.</summary>
public interface ICapacities
{
    Task<int> OfAsync(string resortId);
}
