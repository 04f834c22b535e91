using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Defaults.Domain;
using Resort.Payment.Domain;

namespace Resort.Payment.Features;

/// <summary>A payment as customers see it.</summary>
public sealed record PaymentResource(
    string PaymentId, string ReservationId, PaymentStatus PaymentStatus, PaymentType? PaymentType, long Cost,
    string? Reason, DateTimeOffset? DepositDeadline, IReadOnlyList<Move<PaymentStatus>> Moves)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = OwnerLinks.Payment(PaymentId, ReservationId);

    public static PaymentResource Of(Charge charge) =>
        new(charge.PaymentId, charge.ReservationId, charge.Status, charge.PaymentType, charge.Cost, charge.Reason, charge.DepositDeadline, charge.Moves);
}

/// <summary><c>GET /payments/{paymentid}</c></summary>
public static class GetPayment
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/payments/{paymentid:guid}", HandleAsync)
        .WithSummary("A payment").AnswersResource<PaymentResource>().Refuses(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid paymentid, PaymentBook book, CancellationToken cancel) =>
        await book.FindAsync(paymentid.ToString(), cancel) is { } charge ? Hal.Resource(PaymentResource.Of(charge)) : Problems.NotFound("payment");
}
