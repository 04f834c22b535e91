using Resort.Contracts;
using Resort.Defaults;
using Resort.Payment.Domain;
using Resort.Payment.Provider;

namespace Resort.Payment.Features;

/// <summary><c>POST /refunds</c>, called by the sagas: afterwards nothing of this reservation's money is with us, and none will come.</summary>
public sealed class ReversePayment(IPaymentProvider provider, PaymentBook book, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/refunds", (RefundRequest request, ReversePayment feature, HttpContext context) =>
            feature.HandleAsync(request, CorrelationId.Of(context), context.RequestAborted));

    // The provider first: it blocks the key. A charge on its way is then either refused there, or captured before and given
    // back there, or it finds the tombstone here. In every order the money is back.
    private async Task<PaymentResult> HandleAsync(RefundRequest request, string correlationId, CancellationToken cancel)
    {
        await provider.ReverseAsync(request.ReservationId, cancel);
        var now = clock.GetUtcNow();
        var charge = await book.MoveAsync(Charge.Requested(request.ReservationId, correlationId), current => current.Reverse(now), cancel);
        await book.PublishAsync(charge with { CorrelationId = correlationId }, cancel); // told of the request that takes it back, not of the charge's
        return new(charge.PaymentId, charge.Status);
    }
}
