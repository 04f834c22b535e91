using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class ReversePoints(IPoints points) : SagaStep<CancellationOrder, PointsResult>
{
    protected override Task<PointsResult> RunAsync(CancellationOrder input) => points.ReverseAsync(input);
}
