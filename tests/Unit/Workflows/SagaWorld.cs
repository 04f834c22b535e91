using Microsoft.Extensions.Logging.Abstractions;
using Resort.Contracts;
using Resort.Payment.Domain;
using Resort.Reservation;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;
using Resort.Reservation.Events;
using Resort.Reservation.Sagas;
using Resort.Tests.Unit.Reservation;
using Resort.Workflows;

namespace Resort.Tests.Unit.Workflows;

/// <summary>
/// The real reservation desk on a ledger in memory, with Payment, Issue and the broker played by the simplest thing that keeps their promises.
/// </summary>
internal sealed class SagaWorld : IPayments, ITickets, ISagas, IBookingEvents, ICapacities
{
    public const int Capacity = 1;

    public SagaWorld() =>
        Bookings = new(new ReservationDesk(Ledger, Clock), this, this, this, new BookingSettings(), Clock, NullLogger<Bookings>.Instance);

    public ManualClock Clock { get; } = new();

    public MemoryLedger Ledger { get; } = new();

    public Bookings Bookings { get; }

    public Dictionary<string, Charge> Charges { get; } = [];

    /// <summary>What the card company has of ours.</summary>
    public Dictionary<string, long> Captured { get; } = [];

    public IssueStatus TicketStatus { get; set; } = IssueStatus.Cancelled;

    public HashSet<string> Published { get; } = [];

    public HashSet<string> Told { get; } = [];

    public Task<int> OfAsync(string resortId) => Task.FromResult(Capacity);

    public Task<PaymentResult> ChargeAsync(BookingOrder order)
    {
        if (order.CardToken == "tok_unavailable")
            throw new HttpRequestException("The payment provider does not answer.");
        if (!Charges.TryGetValue(order.ReservationId, out var charge))
        {
            var status = order.CardToken == "tok_declined" ? PaymentStatus.Declined : PaymentStatus.Paid;
            charge = Charges[order.ReservationId] = Charge.Requested(order.ReservationId, order.CorrelationId).To(status, Clock.GetUtcNow());
            if (status is PaymentStatus.Paid)
                Captured[order.ReservationId] = order.Cost;
        }
        return Task.FromResult(new PaymentResult(charge.PaymentId, charge.Status));
    }

    public Task<PaymentResult> RefundAsync(string reservationId, string correlationId)
    {
        var charge = Charges.GetValueOrDefault(reservationId) ?? Charge.Requested(reservationId, correlationId);
        charge = Charges[reservationId] = charge.Reverse(Clock.GetUtcNow());
        Captured.Remove(reservationId);
        return Task.FromResult(new PaymentResult(charge.PaymentId, charge.Status));
    }

    public Task<TicketResult> CancelAsync(string reservationId, string correlationId) => Task.FromResult(new TicketResult("i", TicketStatus));

    public Task TellCancelledAsync(string reservationId)
    {
        Told.Add(reservationId);
        return Task.CompletedTask;
    }

    public Task PublishAsync(Booking booking, string correlationId, params ReservationStatus[] reached)
    {
        Published.UnionWith(reached.Where(booking.Was).Select(status => $"{booking.ReservationId}:{status}"));
        return Task.CompletedTask;
    }

    public Task PublishRefusedAsync(Booking booking, string correlationId)
    {
        Published.Add($"{booking.ReservationId}:Refused");
        return Task.CompletedTask;
    }

    public Task<BookingOutcome?> BookAsync(BookingOrder order, TimeSpan patience, CancellationToken cancel) => throw new NotSupportedException();

    public Task CancelAsync(CancellationOrder order, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>What must hold when everything is quiet.</summary>
    public void BooksBalance()
    {
        foreach (var booking in Ledger.Bookings)
        {
            var sold = booking.Status is ReservationStatus.Paid or ReservationStatus.Confirmed;
            booking.Status.Should().BeOneOf(ReservationStatus.Paid, ReservationStatus.Confirmed, ReservationStatus.Rejected, ReservationStatus.Cancelled);
            booking.RoomsSold.Should().Be(sold);
            Captured.GetValueOrDefault(booking.ReservationId).Should().Be(sold ? booking.Cost : 0, "captured minus refunded is the price of what was sold");
            Published.Should().Contain($"{booking.ReservationId}:{(booking.Status is ReservationStatus.Confirmed ? ReservationStatus.Paid : booking.Status)}");
        }
        var rooms = Ledger.Bookings.Where(booking => booking.RoomsSold).Sum(booking => booking.Stay.Rooms);
        Ledger.Nights.Where(night => night.Sold != rooms || night.Holds.Count > 0 || night.Sold > Capacity)
            .Should().BeEmpty("every night has sold {0} rooms and holds none", rooms);
    }
}
