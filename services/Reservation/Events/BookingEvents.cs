using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Events;

public interface IBookingEvents
{
    /// <summary>Publishes the event of each of these statuses that the reservation has reached.</summary>
    Task PublishAsync(Booking booking, string correlationId, params ReservationStatus[] reached);

    /// <summary>Publishes that an attempt to cancel was refused, at the time of that move.</summary>
    Task PublishRefusedAsync(Booking booking, int attempt, Move<ReservationStatus> move, string correlationId);
}

/// <summary>The events of a reservation, built from the record alone.</summary>
public sealed class BookingEvents(EventPublisher publisher) : IBookingEvents
{
    public Task PublishAsync(Booking booking, string correlationId, params ReservationStatus[] reached) =>
        Task.WhenAll(reached.Where(booking.Was).Select(status => PublishAsync(booking, status, correlationId)));

    public Task PublishRefusedAsync(Booking booking, int attempt, Move<ReservationStatus> move, string correlationId) =>
        Publish(new CancellationRefused { Stay = booking.Stay, Attempt = attempt }, booking, move, correlationId, attempt);

    private Task PublishAsync(Booking booking, ReservationStatus status, string correlationId)
    {
        var first = booking.Moves.First(move => move.Status == status);
        return status switch
        {
            ReservationStatus.Held => Publish(
                new ReservationHeld { Stay = booking.Stay, Cost = booking.Cost, PaymentType = booking.PaymentType }, booking, first, correlationId),
            ReservationStatus.Paid => Publish(
                new ReservationPaid { Stay = booking.Stay, Cost = booking.Cost, PaymentId = DerivedId.Payment(booking.ReservationId) },
                booking, first, correlationId),
            ReservationStatus.Confirmed => Publish(
                new ReservationConfirmed { Stay = booking.Stay, IssuedId = booking.IssuedId!, TicketNumber = booking.TicketNumber! },
                booking, first, correlationId),
            ReservationStatus.Rejected => Publish(
                new ReservationRejected { Stay = booking.Stay, Reason = booking.Reason!.Value }, booking, first, correlationId),
            ReservationStatus.Cancelling => Publish(
                new ReservationCancelling { Stay = booking.Stay, Attempt = booking.CancellationAttempts },
                booking, booking.Moves.Last(move => move.Status == status), correlationId, booking.CancellationAttempts),
            ReservationStatus.Cancelled => Publish(
                new ReservationCancelled { Stay = booking.Stay }, booking, first, correlationId),
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No event tells of this status."),
        };
    }

    private Task Publish<TEvent>(TEvent published, Booking booking, Move<ReservationStatus> move, string correlationId, int? attempt = null)
        where TEvent : ResortEvent, IPublished =>
        publisher.PublishAsync(published, new(booking.ReservationId, booking.ReservationId, move.At, correlationId, attempt), CancellationToken.None);
}
