using Resort.Contracts;
using Resort.Defaults;
using Resort.Workflows;

namespace Resort.Reservation.Neighbours;

/// <summary>Payment, by Dapr invocation. Timeout and breaker are in components/shared; retries are the saga's.</summary>
public sealed class PaymentClient(HttpClient payment, PaymentOutage outage) : IPayments
{
    public async Task<PaymentResult?> ChargeAsync(BookingOrder order)
    {
        var result = await UnlessBrokenAsync(payment.PostAsync<ChargeRequest, PaymentResult>(
            "payments", new(order.ReservationId, order.Cost, order.PaymentType, order.CardToken, order.Stay), order.CorrelationId));
        if (result is null)
            outage.Began();
        else
            outage.Ended();
        return result;
    }

    public Task<PaymentResult?> RequestDepositAsync(BookingOrder order, DateTimeOffset deadline) => UnlessBrokenAsync(payment.PostAsync<DepositRequest, PaymentResult>(
        "deposits", new(order.ReservationId, order.Cost, deadline, order.Stay), order.CorrelationId));

    public Task<PaymentResult> ReceiveDepositAsync(string reservationId, string correlationId) =>
        payment.PostAsync<DepositReceipt, PaymentResult>("deposit-receipts", new(reservationId), correlationId);

    public Task<PaymentResult> CloseDepositAsync(BookingOrder order) =>
        payment.PostAsync<DepositClosing, PaymentResult>("deposit-closings", new(order.ReservationId), order.CorrelationId);

    // The id is in the body: Dapr keeps a breaker per path
    public Task<PaymentResult> RefundAsync(string reservationId, string correlationId) =>
        payment.PostAsync<RefundRequest, PaymentResult>("refunds", new(reservationId), correlationId);

    private static async Task<PaymentResult?> UnlessBrokenAsync(Task<PaymentResult> call)
    {
        try { return await call; }
        catch (CircuitOpenException) { return null; }
    }
}

/// <summary>Issue, by Dapr invocation.</summary>
public sealed class IssueClient(HttpClient issue) : ITickets
{
    public Task<TicketResult> CancelAsync(string reservationId, string correlationId) =>
        issue.PostAsync<CancelTicketRequest, TicketResult>("ticket-cancellations", new(reservationId), correlationId);
}

/// <summary>Points, by Dapr invocation.</summary>
public sealed class PointsClient(HttpClient points) : IPoints
{
    public Task<PointsResult> ReverseAsync(CancellationOrder order) => PostAsync("point-reversals", order);

    public Task<PointsResult> RestoreAsync(CancellationOrder order) => PostAsync("point-restorations", order);

    private Task<PointsResult> PostAsync(string path, CancellationOrder order) =>
        points.PostAsync<PointsRequest, PointsResult>(path, new(order.ReservationId, order.Attempt), order.CorrelationId);
}

internal static class Invocation
{
    /// <summary>A business outcome is a 2xx answer; anything else is a fault, and the saga step tries again.</summary>
    public static async Task<TAnswer> PostAsync<TRequest, TAnswer>(this HttpClient app, string path, TRequest request, string correlationId)
    {
        // with a known length: Dapr takes a chunked request for a stream, which it never repeats
        using var content = JsonContent.Create(request, options: WireJson.Options);
        await content.LoadIntoBufferAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        message.Headers.Add(CorrelationId.Header, correlationId);
        using var answer = await app.SendAsync(message);
        if (!answer.IsSuccessStatusCode)
            throw Fault($"{app.BaseAddress}{path}", (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options)
            ?? throw new HttpRequestException($"{app.BaseAddress}{path} answered nothing.");
    }

    // Dapr tells of its circuit breaker in words only, which the service's own answer could not have: the breaker let nothing through
    private static HttpRequestException Fault(string address, int status, string body) => body.Contains("ERR_DIRECT_INVOKE", StringComparison.Ordinal)
        && (body.Contains("circuit breaker is open", StringComparison.Ordinal) || body.Contains("too many requests", StringComparison.Ordinal))
            ? new CircuitOpenException($"{address} is not called: {body}")
            : new HttpRequestException($"{address} answered {status}: {body}");
}

/// <summary>The circuit breaker is open, or half open and busy: the service was not asked.</summary>
internal sealed class CircuitOpenException(string message) : HttpRequestException(message);
