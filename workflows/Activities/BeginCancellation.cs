namespace Resort.Workflows.Activities;

public sealed class BeginCancellation(IBookings bookings) : SagaStep<CancellationOrder, CancellationBegun>
{
    protected override Task<CancellationBegun> RunAsync(CancellationOrder input) => bookings.BeginCancellationAsync(input);
}
