using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class RefundPayment(IPayments payments) : SagaStep<VoidOrder, PaymentResult>
{
    protected override Task<PaymentResult> RunAsync(VoidOrder input) =>
        payments.RefundAsync(input.ReservationId, input.CorrelationId);
}
