using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class RequestDeposit(IPayments payments) : SagaStep<DepositOrder, PaymentResult?>
{
    protected override Task<PaymentResult?> RunAsync(DepositOrder input) => payments.RequestDepositAsync(input.Order, input.Deadline);
}
