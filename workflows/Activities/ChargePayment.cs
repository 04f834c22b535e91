using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class ChargePayment(IPayments payments) : SagaStep<BookingOrder, PaymentResult?>
{
    protected override Task<PaymentResult?> RunAsync(BookingOrder input) => payments.ChargeAsync(input);
}
