using System.Text.Json;
using Dapr.Common.Serialization;
using Dapr.Workflow;
using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Resort.Tests.Sdk.Surface;

/// <summary>
/// Uses every member of the workflow package with every parameter named. Nobody runs it: that it compiles, here and with the official package, is all.
/// </summary>
internal static class EveryWorkflowMember
{
    public static void Register(IServiceCollection services, JsonSerializerOptions json)
    {
        services.AddDaprWorkflow();
        services.AddDaprWorkflow(
            configure: options =>
            {
                options.RegisterWorkflow<int, string>(name: "w", implementation: async (context, input) => await All(context, input));
                options.RegisterWorkflow<Saga>(name: "s");
                options.RegisterActivity<int, string>(name: "a", implementation: (context, input) => Task.FromResult($"{context.InstanceId}{input}"));
                options.RegisterActivity<Step>(name: "b");
            },
            lifetime: ServiceLifetime.Scoped);
        IServiceCollection same = services.AddDaprWorkflowBuilder(
                configureRuntime: null,
                configureClient: (_, builder) => builder.UseJsonSerializer(jsonOptions: json).UseSerializer(serializer: new JsonDaprSerializer(json)),
                lifetime: ServiceLifetime.Singleton)
            .WithSerializer(serializer: new JsonDaprSerializer())
            .WithJsonSerializer(jsonOptions: json).Services;
        same.AddSingleton<IDaprWorkflowClient>(provider => provider.GetRequiredService<DaprWorkflowClient>());
    }

    public static DaprWorkflowClient Build(IConfiguration configuration) =>
        new DaprWorkflowClientBuilder(configuration: configuration)
            .UseGrpcEndpoint(grpcEndpoint: "http://localhost:50001").UseDaprApiToken(apiToken: "t").Build();

    public static async Task<string> Use(IDaprWorkflowClient client, CancellationToken token)
    {
        var id = await client.ScheduleNewWorkflowAsync(name: "w", instanceId: "i", input: 1);
        await client.ScheduleNewWorkflowAsync(name: "w", instanceId: null, input: null, startTime: DateTime.UnixEpoch);
        await client.ScheduleNewWorkflowAsync(name: "w", instanceId: null, input: null, startTime: DateTimeOffset.UnixEpoch, cancellation: token);
        await client.WaitForWorkflowStartAsync(instanceId: id, getInputsAndOutputs: false, cancellation: token);
        await client.RaiseEventAsync(instanceId: id, eventName: "e", eventPayload: 1, cancellation: token);
        await client.SuspendWorkflowAsync(instanceId: id, reason: "r", cancellation: token);
        await client.ResumeWorkflowAsync(instanceId: id, reason: "r", cancellation: token);
        await client.TerminateWorkflowAsync(instanceId: id, output: 1, cancellation: token);
        var state = await client.WaitForWorkflowCompletionAsync(instanceId: id, getInputsAndOutputs: true, cancellation: token);
        state = await client.GetWorkflowStateAsync(instanceId: id, getInputsAndOutputs: true, cancellation: token);
        var purged = await client.PurgeInstanceAsync(instanceId: id, cancellation: token);
        await client.DisposeAsync();
        client.Dispose();
        return $"{purged}{state.WorkflowName}{state.Exists}{state.IsWorkflowRunning}{state.IsWorkflowCompleted}{state.CreatedAt}{state.LastUpdatedAt}"
            + $"{state.RuntimeStatus == WorkflowRuntimeStatus.Unknown}"
            + $"{state.FailureDetails?.ErrorType}{state.FailureDetails?.ErrorMessage}{state.FailureDetails?.StackTrace}"
            + $"{state.ReadInputAs<int>()}{state.ReadOutputAs<string>()}{state.ReadCustomStatusAs<string>()}";
    }

    private static async Task<string> All(WorkflowContext context, int input)
    {
        var policy = new WorkflowRetryPolicy(
            maxNumberOfAttempts: 3,
            firstRetryInterval: TimeSpan.FromSeconds(1),
            backoffCoefficient: 2,
            maxRetryInterval: TimeSpan.FromMinutes(1),
            retryTimeout: TimeSpan.FromHours(1));
        var options = new WorkflowTaskOptions(RetryPolicy: policy, TargetAppId: "app", PropagationScope: HistoryPropagationScope.OwnHistory);
        var child = new ChildWorkflowTaskOptions(InstanceId: "c", RetryPolicy: policy, TargetAppId: "app", PropagationScope: HistoryPropagationScope.Lineage);
        await context.CallActivityAsync(name: "a", input: input, options: options with { RetryPolicy = null });
        var result = await context.CallActivityAsync<string>(name: "a", input: input, options: options);
        await context.CallChildWorkflowAsync(workflowName: "w", input: input, options: child with { InstanceId = null });
        result += await context.CallChildWorkflowAsync<string>(workflowName: "w", input: input, options: child);
        await context.CreateTimer(delay: TimeSpan.FromSeconds(1), cancellationToken: default);
        await context.CreateTimer(fireAt: context.CurrentUtcDateTime, cancellationToken: default);
        result += await context.WaitForExternalEventAsync<string>(eventName: "e", cancellationToken: default);
        result += await context.WaitForExternalEventAsync<string>(eventName: "e", timeout: TimeSpan.FromSeconds(1));
        context.SendEvent(instanceId: "i", eventName: "e", payload: 1);
        context.SetCustomStatus(customStatus: "s");
        context.CreateReplaySafeLogger(categoryName: "c").LogInformation("line");
        context.CreateReplaySafeLogger(type: context.GetType()).LogInformation("line");
        context.CreateReplaySafeLogger<Saga>().LogInformation("line");
        await context.ProcessInParallelAsync(inputs: [1], taskFactory: number => context.CallActivityAsync<int>("a", number), maxConcurrency: 1);
        context.ContinueAsNew(newInput: 1, preserveUnprocessedEvents: true);
        return $"{result}{context.Name}{context.InstanceId}{context.IsReplaying}{context.IsPatched(patchName: "p")}{context.NewGuid()}"
            + $"{policy.MaxNumberOfAttempts}{policy.FirstRetryInterval}{policy.BackoffCoefficient}{policy.MaxRetryInterval}{policy.RetryTimeout}"
            + $"{options.PropagationScope}{options.TargetAppId}";
    }

    private sealed class Saga : Workflow<int, string>
    {
        public override async Task<string> RunAsync(WorkflowContext context, int input)
        {
            try
            {
                return await All(context, input);
            }
            catch (WorkflowTaskFailedException failed) when (failed.FailureDetails.IsCausedBy<TimeoutException>())
            {
                var details = new WorkflowTaskFailureDetails(errorType: failed.FailureDetails.ErrorType, errorMessage: "m", stackTrace: null);
                throw new WorkflowTaskFailedException(message: "m", failureDetails: details);
            }
        }
    }

    private sealed class Step : WorkflowActivity<int, string>
    {
        public override Task<string> RunAsync(WorkflowActivityContext context, int input)
        {
            TaskIdentifier name = context.Identifier;
            string text = new TaskIdentifier(Name: name.Name);
            return Task.FromResult($"{text}{context.TaskExecutionKey}{context.InstanceId}");
        }
    }
}
