namespace Resort.Workflows.Activities;

public sealed class FinishCancellation(IBookings bookings) : SagaStep<CancellationOrder, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(CancellationOrder input) => bookings.FinishCancellationAsync(input);
}
