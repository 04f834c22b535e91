using Dapr.Workflow;

namespace Resort.Workflows.Activities;

public sealed class BeginCancellation(IBookings bookings) : WorkflowActivity<CancellationOrder, CancellationBegun>
{
    public override Task<CancellationBegun> RunAsync(WorkflowActivityContext context, CancellationOrder input) => bookings.BeginCancellationAsync(input);
}
