using Dapr.Workflow;
using Resort.Contracts;

namespace Resort.Workflows.Activities;

public sealed class RestorePoints(IPoints points) : WorkflowActivity<CancellationOrder, PointsResult>
{
    public override Task<PointsResult> RunAsync(WorkflowActivityContext context, CancellationOrder input) => points.RestoreAsync(input);
}
