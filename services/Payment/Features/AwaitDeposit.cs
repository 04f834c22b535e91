using Resort.Contracts;
using Resort.Defaults;
using Resort.Payment.Domain;

namespace Resort.Payment.Features;

/// <summary>
/// A transfer, from <c>POST /deposits</c> (the saga asks for it) to <c>POST /deposit-receipts</c> (staff has seen it) or
/// <c>POST /deposit-closings</c> (the saga's deadline). Of those two the first to write wins, and the other is told so: an outcome, not an error.
/// </summary>
public sealed class AwaitDeposit(PaymentBook book, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/deposits", (DepositRequest request, AwaitDeposit feature, HttpContext context) =>
            feature.RequestAsync(request, CorrelationId.Of(context), context.RequestAborted));
        routes.MapPost("/deposit-receipts", (DepositReceipt receipt, AwaitDeposit feature, HttpContext context) =>
            feature.MoveAsync(receipt.ReservationId, (charge, now) => charge.Receive(now), context));
        routes.MapPost("/deposit-closings", (DepositClosing closing, AwaitDeposit feature, HttpContext context) =>
            feature.MoveAsync(closing.ReservationId, (charge, now) => charge.Close(now), context));
    }

    private Task<PaymentResult> RequestAsync(DepositRequest request, string correlationId, CancellationToken cancel) =>
        AnswerAsync(book.RecordAsync((Charge.Requested(request.ReservationId, correlationId) with
        {
            PaymentType = PaymentType.Transfer,
            Cost = request.Cost,
            DepositDeadline = request.DepositDeadline,
            Stay = request.Stay,
        }).To(PaymentStatus.AwaitingDeposit, clock.GetUtcNow()), cancel), correlationId, cancel);

    private Task<PaymentResult> MoveAsync(string reservationId, Func<Charge, DateTimeOffset, Charge> move, HttpContext context)
    {
        var (correlationId, cancel) = (CorrelationId.Of(context), context.RequestAborted);
        var moved = book.MoveAsync(Charge.Requested(reservationId, correlationId), charge => move(charge, clock.GetUtcNow()), cancel);
        return AnswerAsync(moved, correlationId, cancel);
    }

    private async Task<PaymentResult> AnswerAsync(Task<Charge> saved, string correlationId, CancellationToken cancel)
    {
        var charge = await saved;
        await book.PublishAsync(charge with { CorrelationId = correlationId }, cancel); // told of the request that moved it, not of the first one
        return new(charge.PaymentId, charge.Status);
    }
}
