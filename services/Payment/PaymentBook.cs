using Dapr.Client;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Payment.Domain;

namespace Resort.Payment;

/// <summary>Keeps payments and publishes what became of them. A call that comes again finds what it did and publishes again.</summary>
public sealed partial class PaymentBook(DaprClient dapr, EventPublisher events, ILogger<PaymentBook> logger)
{
    public Task<Charge?> FindAsync(string paymentId, CancellationToken cancel) =>
        dapr.GetStateAsync<Charge?>(Components.PaymentStore, Key(paymentId), cancellationToken: cancel);

    /// <summary>What is there already wins: an earlier charge, or the tombstone of a void.</summary>
    public Task<Charge> RecordAsync(Charge charge, CancellationToken cancel) =>
        dapr.CreateOrGetAsync(Components.PaymentStore, Key(charge.PaymentId), charge, cancel);

    /// <summary>The one write that decides between moves that meet. What is not there yet is moved from <paramref name="requested"/>.</summary>
    public Task<Charge> MoveAsync(Charge requested, Func<Charge, Charge> move, CancellationToken cancel) =>
        dapr.ChangeAsync<Charge>(Components.PaymentStore, Key(requested.PaymentId), current => move(current ?? requested), cancel);

    public Task PublishAsync(Charge charge, CancellationToken cancel)
    {
        IsNow(logger, charge.PaymentId, charge.ReservationId, charge.Status, charge.CorrelationId);
        return charge.Status switch
        {
            PaymentStatus.Paid => Publish(new PaymentPaid { PaymentId = charge.PaymentId, Cost = charge.Cost, Stay = charge.Stay! }, charge, cancel),
            PaymentStatus.AwaitingDeposit => Publish(new PaymentAwaitingDeposit
            {
                PaymentId = charge.PaymentId,
                Cost = charge.Cost,
                DepositDeadline = charge.DepositDeadline!.Value,
                Stay = charge.Stay!,
            }, charge, cancel),
            PaymentStatus.Declined => Publish(
                new PaymentDeclined { PaymentId = charge.PaymentId, Cost = charge.Cost, Reason = charge.Reason! }, charge, cancel),
            PaymentStatus.Refunded => Publish(new PaymentRefunded { PaymentId = charge.PaymentId, Cost = charge.Cost }, charge, cancel),
            PaymentStatus.Voided => Publish(new PaymentVoided { PaymentId = charge.PaymentId }, charge, cancel),
            _ => throw new InvalidOperationException($"No event tells of {charge.Status}."),
        };
    }

    private Task Publish<TEvent>(TEvent published, Charge charge, CancellationToken cancel) where TEvent : ResortEvent, IPublished =>
        events.PublishAsync(published, new(charge.PaymentId, charge.ReservationId, charge.ReachedAt(charge.Status), charge.CorrelationId), cancel);

    private static string Key(string paymentId) => $"payment:{paymentId}";

    [LoggerMessage(2000, LogLevel.Information, "Payment {PaymentId} of reservation {ReservationId} is {Status} ({CorrelationId})")]
    private static partial void IsNow(ILogger logger, string paymentId, string reservationId, PaymentStatus status, string correlationId);
}
