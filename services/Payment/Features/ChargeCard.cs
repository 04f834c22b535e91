using Resort.Contracts;
using Resort.Defaults;
using Resort.Payment.Domain;
using Resort.Payment.Provider;

namespace Resort.Payment.Features;

/// <summary><c>POST /payments</c>, called by the reservation saga. A declined card is an outcome, not an error.</summary>
public sealed class ChargeCard(IPaymentProvider provider, PaymentBook book, TimeProvider clock)
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/payments", (ChargeRequest request, ChargeCard feature, HttpContext context) =>
            feature.HandleAsync(request, CorrelationId.Of(context)));

    // Not tied to the connection: when money is on its way, its fate is recorded also for a caller that has given up.
    private async Task<PaymentResult> HandleAsync(ChargeRequest request, string correlationId)
    {
        using var timeout = new CancellationTokenSource(deadline, clock);
        var capture = await provider.CaptureAsync(request.ReservationId, request.Cost, request.CardToken, timeout.Token);
        var charge = await book.RecordAsync(Outcome(request, capture, correlationId), timeout.Token);
        // The void came first and left its tombstone: what was captured all the same goes back.
        if (capture.Outcome is CaptureOutcome.Captured && charge.Status is not PaymentStatus.Paid)
            await provider.ReverseAsync(request.ReservationId, timeout.Token);
        await book.PublishAsync(charge, timeout.Token);
        return new(charge.PaymentId, charge.Status, charge.Reason);
    }

    private Charge Outcome(ChargeRequest request, Capture capture, string correlationId) =>
        (Charge.Requested(request.ReservationId, correlationId) with
        {
            PaymentType = request.PaymentType,
            Cost = request.Cost,
            Stay = request.Stay,
            Reason = capture.Reason,
        }).To(capture.Outcome switch
        {
            CaptureOutcome.Captured => PaymentStatus.Paid,
            CaptureOutcome.Declined => PaymentStatus.Declined,
            _ => PaymentStatus.Voided,
        }, clock.GetUtcNow());
}
