using Dapr.Workflow;

namespace Resort.Workflows.Activities;

public sealed class BeginCancellation(IBookings bookings) : WorkflowActivity<CancellationOrder, BookingOutcome>
{
    public override Task<BookingOutcome> RunAsync(WorkflowActivityContext context, CancellationOrder input) => bookings.BeginCancellationAsync(input);
}
