namespace Resort.Workflows.Activities;

public sealed class HoldRooms(IBookings bookings) : SagaStep<BookingOrder, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(BookingOrder input) => bookings.HoldAsync(input);
}
