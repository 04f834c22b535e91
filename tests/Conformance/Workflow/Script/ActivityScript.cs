using System.Text.Json.Nodes;
using Dapr.DurableTask.Protobuf;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>One answer of an activity.</summary>
/// <param name="Result"><c>{{input}}</c> gives back the input; null means no result.</param>
/// <param name="Failure">Fields of the failure, beside the usual ones.</param>
/// <param name="DelayMs">How late the answer is.</param>
/// <param name="Silent">There is no answer.</param>
internal sealed record ActivityScript(string? Result, JsonObject? Failure, int DelayMs, bool Silent)
{
    public ActivityResponse Answer(ActivityRequest request)
    {
        var response = new ActivityResponse { InstanceId = request.WorkflowInstance.InstanceId, TaskId = request.TaskId, Result = Result == "{{input}}" ? request.Input ?? "" : Result };
        if (Failure is null) return response;
        response.FailureDetails = new TaskFailureDetails { ErrorType = "Error", ErrorMessage = "failed" };
        MessageJson.Merge(Failure, response.FailureDetails);
        return response;
    }
}
