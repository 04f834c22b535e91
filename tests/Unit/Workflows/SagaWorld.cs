using Microsoft.Extensions.Logging.Abstractions;
using Resort.Contracts;
using Resort.Defaults.Domain;
using Resort.Payment.Domain;
using Resort.Points.Domain;
using Resort.Reservation;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;
using Resort.Reservation.Events;
using Resort.Reservation.Sagas;
using Resort.Tests.Unit.Reservation;
using Resort.Workflows;

namespace Resort.Tests.Unit.Workflows;

/// <summary>
/// The real reservation desk on a ledger in memory, with Payment, Issue, Points and the broker played by the simplest thing that keeps their promises.
/// </summary>
internal sealed class SagaWorld : IPayments, ITickets, IPoints, ISagas, IBookingEvents, ICapacities
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

    public PointsPage Points { get; } = new(
        Enumerable.Range(1, 2).ToDictionary(Orders.Id, _ => new Entry<Award>(null, "")),
        new Dictionary<string, Entry<Account>> { [Account.Id(Orders.Stay().Phone)] = new(null, "") });

    /// <summary>What the guest's account of points says.</summary>
    public long PointsBalance => Points.Account(Orders.Stay().Phone).Balance;

    public IssueStatus TicketStatus { get; set; } = IssueStatus.Cancelled;

    public HashSet<string> Published { get; } = [];

    public HashSet<string> Told { get; } = [];

    public Task<int> OfAsync(string resortId) => Task.FromResult(Capacity);

    /// <summary>How often Payment was to be asked for a charge.</summary>
    public int ChargeAttempts { get; private set; }

    public Task<PaymentResult?> ChargeAsync(BookingOrder order)
    {
        ChargeAttempts++;
        if (order.CardToken == "tok_breaker_open")
            return Task.FromResult<PaymentResult?>(null);
        if (order.CardToken == "tok_unavailable")
            throw new HttpRequestException("The payment provider does not answer.");
        if (!Charges.TryGetValue(order.ReservationId, out var charge))
        {
            var status = order.CardToken == "tok_declined" ? PaymentStatus.Declined : PaymentStatus.Paid;
            charge = Charges[order.ReservationId] = Charge.Requested(order.ReservationId, order.CorrelationId).To(status, Clock.GetUtcNow());
            if (status is PaymentStatus.Paid)
                Take(order);
        }
        return Task.FromResult<PaymentResult?>(Result(charge));
    }

    public Task<PaymentResult?> RequestDepositAsync(BookingOrder order, DateTimeOffset deadline)
    {
        Charges.TryAdd(order.ReservationId, (Charge.Requested(order.ReservationId, order.CorrelationId) with { Cost = order.Cost, DepositDeadline = deadline })
            .To(PaymentStatus.AwaitingDeposit, Clock.GetUtcNow()));
        return Task.FromResult<PaymentResult?>(Result(Charges[order.ReservationId]));
    }

    public Task<PaymentResult> CloseDepositAsync(BookingOrder order) =>
        Task.FromResult(Result(Charges[order.ReservationId] = Charges[order.ReservationId].Close(Clock.GetUtcNow())));

    /// <summary>Staff has seen the transfer.</summary>
    public PaymentStatus ReceiveDeposit(BookingOrder order)
    {
        var charge = Charges[order.ReservationId] = Charges[order.ReservationId].Receive(Clock.GetUtcNow());
        if (charge.Status is PaymentStatus.Paid)
            Take(order);
        return charge.Status;
    }

    public Task<PaymentResult> RefundAsync(string reservationId, string correlationId)
    {
        var charge = Charges.GetValueOrDefault(reservationId) ?? Charge.Requested(reservationId, correlationId);
        charge = Charges[reservationId] = charge.Reverse(Clock.GetUtcNow());
        Captured.Remove(reservationId);
        if (charge.Status is PaymentStatus.Refunded)
            PointsDecisions.Refund(Points, reservationId, correlationId, Clock.GetUtcNow());
        return Task.FromResult(Result(charge));
    }

    public Task<PointsResult> ReverseAsync(CancellationOrder order) => Task.FromResult(new PointsResult(
        PointsDecisions.Reverse(Points, order.ReservationId, order.Attempt, order.CorrelationId, Clock.GetUtcNow()).Worth));

    public Task<PointsResult> RestoreAsync(CancellationOrder order) => Task.FromResult(new PointsResult(
        PointsDecisions.Restore(Points, order.ReservationId, order.Attempt, order.CorrelationId, Clock.GetUtcNow()).Worth));

    public Task<TicketResult> CancelAsync(string reservationId, string correlationId) => Task.FromResult(new TicketResult("i", TicketStatus));

    /// <summary>The guest uses his ticket, and the event of it arrives.</summary>
    public Task CheckInAsync(BookingOrder order) => Bookings.CheckInAsync(new()
    {
        ReservationId = order.ReservationId,
        IssuedId = "i",
        TicketNumber = "T-1",
        Stay = order.Stay,
        CorrelationId = order.CorrelationId,
    });

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

    public Task PublishRefusedAsync(Booking booking, int attempt, Move<ReservationStatus> move, string correlationId)
    {
        Published.Add($"{booking.ReservationId}:Refused:{attempt}");
        return Task.CompletedTask;
    }

    public Task StartBookingAsync(BookingOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BookingOutcome> EndOfBookingAsync(string reservationId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BookingOrder?> FindBookingAsync(string reservationId, CancellationToken cancel) => throw new NotSupportedException();

    public Task CancelAsync(CancellationOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public Task TellDepositedAsync(string reservationId) => throw new NotSupportedException();

    private void Take(BookingOrder order)
    {
        Captured[order.ReservationId] = order.Cost;
        PointsDecisions.Earn(Points, order.ReservationId, order.Stay.Phone, order.Cost, order.CorrelationId, Clock.GetUtcNow());
    }

    private static PaymentResult Result(Charge charge) => new(charge.PaymentId, charge.Status);

    /// <summary>What must hold when everything is quiet.</summary>
    public void BooksBalance()
    {
        foreach (var booking in Ledger.Bookings)
        {
            var sold = booking.Status is ReservationStatus.Paid or ReservationStatus.Confirmed or ReservationStatus.CheckedIn;
            (sold || booking.Status is ReservationStatus.Rejected or ReservationStatus.Cancelled).Should().BeTrue($"{booking.Status} is the end of it");
            booking.RoomsSold.Should().Be(sold);
            Captured.GetValueOrDefault(booking.ReservationId).Should().Be(sold ? booking.Cost : 0, "captured minus refunded is the price of what was sold");
            Published.Should().Contain($"{booking.ReservationId}:{(sold ? ReservationStatus.Paid : booking.Status)}");
        }
        PointsBalance.Should().Be(Ledger.Bookings.Where(booking => booking.RoomsSold).Sum(booking => booking.Cost / 10));
        Charges.Values.Should().NotContain(charge => charge.Status == PaymentStatus.AwaitingDeposit, "no saga waits any longer");
        var rooms = Ledger.Bookings.Where(booking => booking.RoomsSold).Sum(booking => booking.Stay.Rooms);
        Ledger.Nights.Where(night => night.Sold != rooms || night.Holds.Count > 0 || night.Sold > Capacity)
            .Should().BeEmpty("every night has sold {0} rooms and holds none", rooms);
    }
}
