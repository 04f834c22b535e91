using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;
using Dapr.Workflow.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs one activity in a scope of its own; whatever it throws is its answer.</summary>
internal sealed partial class ActivityExecutor(
    WorkflowRegistry registry,
    IServiceScopeFactory scopes,
    IDaprSerializer serializer,
    ILogger<ActivityExecutor> logger)
{
    public async Task<ActivityResponse> RunAsync(ActivityRequest request)
    {
        var call = new ActivityCall(request);
        var response = new ActivityResponse { InstanceId = call.InstanceId, TaskId = request.TaskId };
        if (!registry.TryGetActivity(request.Name, out var registration))
        {
            response.FailureDetails = new TaskFailureDetails
            {
                ErrorType = "ActivityNotFoundException",
                ErrorMessage = $"Activity '{request.Name}' is not registered in this application.",
            };
            LogFailed(request.Name, call.InstanceId, response.FailureDetails.ErrorMessage, null);
            return response;
        }

        using var trace = TraceParent.Continue(request.ParentTraceContext, request.Name);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var activity = registration.Create(scope.ServiceProvider);
            var result = await activity.RunAsync(call, serializer.Deserialize(request.Input, activity.InputType));
            response.Result = serializer.Serialize(result, null);
        }
        catch (Exception failure)
        {
            response.FailureDetails = failure.ToDetails();
            LogFailed(request.Name, call.InstanceId, failure.Message, failure);
        }

        return response;
    }

    [LoggerMessage(1, LogLevel.Warning, "Activity {Activity} of workflow {InstanceId} failed: {Reason}")]
    private partial void LogFailed(string activity, string instanceId, string reason, Exception? failure);
}
