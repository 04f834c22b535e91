using Dapr.Workflow;
using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class ReversePoints(IPoints points) : WorkflowActivity<CancellationOrder, PointsResult>
{
    public override Task<PointsResult> RunAsync(WorkflowActivityContext context, CancellationOrder input) => points.ReverseAsync(input);
}
