namespace Resort.Workflows.Activities;

public sealed class RefuseCancellation(IBookings bookings) : SagaStep<CancellationOrder, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(CancellationOrder input) => bookings.RefuseCancellationAsync(input);
}
