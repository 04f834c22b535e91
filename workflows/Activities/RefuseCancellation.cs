using Dapr.Workflow;

namespace Resort.Workflows.Activities;

public sealed class RefuseCancellation(IBookings bookings) : WorkflowActivity<CancellationOrder, BookingOutcome>
{
    public override Task<BookingOutcome> RunAsync(WorkflowActivityContext context, CancellationOrder input) => bookings.RefuseCancellationAsync(input);
}
