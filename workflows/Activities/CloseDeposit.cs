using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class CloseDeposit(IPayments payments) : SagaStep<BookingOrder, PaymentResult>
{
    protected override Task<PaymentResult> RunAsync(BookingOrder input) => payments.CloseDepositAsync(input);
}
