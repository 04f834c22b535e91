using Dapr.Workflow;

namespace Resort.Workflows.Activities;

public sealed class RejectReservation(IBookings bookings) : WorkflowActivity<Rejection, BookingOutcome>
{
    public override Task<BookingOutcome> RunAsync(WorkflowActivityContext context, Rejection input) => bookings.RejectAsync(input.Order, input.Reason);
}
