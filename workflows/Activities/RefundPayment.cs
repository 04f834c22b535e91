using Dapr.Workflow;
using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class RefundPayment(IPayments payments) : WorkflowActivity<VoidOrder, PaymentResult>
{
    public override Task<PaymentResult> RunAsync(WorkflowActivityContext context, VoidOrder input) =>
        payments.RefundAsync(input.ReservationId, input.CorrelationId);
}
