using Dapr.Workflow;

namespace Resort.Workflows.Activities;

public sealed class SellRooms(IBookings bookings) : WorkflowActivity<BookingOrder, BookingOutcome>
{
    public override Task<BookingOutcome> RunAsync(WorkflowActivityContext context, BookingOrder input) => bookings.SellAsync(input);
}
