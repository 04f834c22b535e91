using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class RestorePoints(IPoints points) : SagaStep<CancellationOrder, PointsResult>
{
    protected override Task<PointsResult> RunAsync(CancellationOrder input) => points.RestoreAsync(input);
}
