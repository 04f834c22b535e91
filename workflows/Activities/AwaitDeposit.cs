namespace Resort.Workflows.Activities;

public sealed class AwaitDeposit(IBookings bookings) : SagaStep<BookingOrder, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(BookingOrder input) => bookings.AwaitDepositAsync(input);
}
