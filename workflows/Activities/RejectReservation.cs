namespace Resort.Workflows.Activities;

public sealed class RejectReservation(IBookings bookings) : SagaStep<Rejection, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(Rejection input) => bookings.RejectAsync(input.Order, input.Reason);
}
