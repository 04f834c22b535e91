using Dapr.Workflow;
using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class ChargePayment(IPayments payments) : WorkflowActivity<BookingOrder, PaymentResult>
{
    public override Task<PaymentResult> RunAsync(WorkflowActivityContext context, BookingOrder input) => payments.ChargeAsync(input);
}
