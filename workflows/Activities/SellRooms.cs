namespace Resort.Workflows.Activities;

public sealed class SellRooms(IBookings bookings) : SagaStep<BookingOrder, BookingOutcome>
{
    protected override Task<BookingOutcome> RunAsync(BookingOrder input) => bookings.SellAsync(input);
}
