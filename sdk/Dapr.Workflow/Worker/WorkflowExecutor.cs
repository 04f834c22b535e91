using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Grpc;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Replay;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs one turn of a workflow in a scope of its own.</summary>
internal sealed partial class WorkflowExecutor(
    WorkflowRegistry registry,
    IServiceScopeFactory scopes,
    IDaprSerializer serializer,
    ILoggerFactory loggers,
    ILogger<WorkflowExecutor> logger)
{
    public async Task<WorkflowResponse> RunAsync(WorkflowRequest request)
    {
        var name = NameOf(request);
        var response = await TurnAsync(name, request);
        if (response.Actions.LastOrDefault()?.CompleteWorkflow?.FailureDetails is { } failure)
            LogFailed(name, request.InstanceId, failure.ErrorType, failure.ErrorMessage, failure.StackTrace);
        return response;
    }

    private async Task<WorkflowResponse> TurnAsync(string name, WorkflowRequest request)
    {
        if (!registry.TryGetWorkflow(name, out var registration))
            return Failed(request, new TaskFailureDetails
            {
                ErrorType = "WorkflowNotFound",
                ErrorMessage = $"Workflow '{name}' is not registered in this application.",
            });

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return new WorkflowTurn(name, request, registration.Create(scope.ServiceProvider), serializer, loggers).Run();
        }
        catch (Exception failure)
        {
            return Failed(request, failure.ToDetails());
        }
    }

    private static string NameOf(WorkflowRequest request) =>
        request.PastEvents.Concat(request.NewEvents).FirstOrDefault(e => e.ExecutionStarted is not null)?.ExecutionStarted.Name ?? "";

    private static WorkflowResponse Failed(WorkflowRequest request, TaskFailureDetails details) => new()
    {
        InstanceId = request.InstanceId,
        Actions = { new WorkflowAction { CompleteWorkflow = Completion.Failed(details) } },
    };

    [LoggerMessage(1, LogLevel.Error, "Workflow {Workflow} {InstanceId} failed: {ErrorType}: {Reason}\n{StackTrace}")]
    private partial void LogFailed(string workflow, string instanceId, string errorType, string reason, string? stackTrace);
}
