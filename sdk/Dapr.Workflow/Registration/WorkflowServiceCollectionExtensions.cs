using System.Text.Json;
using Dapr.Common.Serialization;
using Dapr.Workflow.Grpc;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Workflow;

/// <summary>Adds Dapr Workflow to an application: a worker that runs its workflows and activities, and a <see cref="DaprWorkflowClient"/>.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>Adds the worker and the client, with the workflows and activities registered elsewhere.</summary>
    public static IServiceCollection AddDaprWorkflow(this IServiceCollection services) => services.AddDaprWorkflow(static _ => { });

    /// <summary>Adds the worker with its workflows and activities, and the client with <paramref name="lifetime"/>.</summary>
    public static IServiceCollection AddDaprWorkflow(
        this IServiceCollection services, Action<WorkflowRuntimeOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddDaprWorkflowBuilder(configure, null, lifetime).Services;
    }

    /// <summary>Adds the worker and the client as <see cref="AddDaprWorkflow(IServiceCollection)"/> does, with more settings.</summary>
    public static DaprWorkflowBuilder AddDaprWorkflowBuilder(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions>? configureRuntime,
        Action<IServiceProvider, DaprWorkflowClientBuilder>? configureClient = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new WorkflowRuntimeOptions();
        configureRuntime?.Invoke(options);
        services.AddSingleton(options);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IDaprSerializer>(new JsonDaprSerializer());
        services.TryAddSingleton(Hub);
        services.TryAddSingleton<WorkflowRegistry>();
        services.TryAddSingleton<WorkflowExecutor>();
        services.TryAddSingleton<ActivityExecutor>();
        services.TryAddSingleton<WorkItemDispatcher>();
        services.AddHostedService<WorkflowWorker>();
        services.Add(new ServiceDescriptor(typeof(DaprWorkflowClient), provider => Client(provider, configureClient), lifetime));
        return new DaprWorkflowBuilder(services);
    }

    private static TaskHubClient Hub(IServiceProvider provider)
    {
        var configuration = provider.GetService<IConfiguration>();
        return new TaskHubClient(
            new GrpcConnection(DaprDefaults.GetDefaultGrpcEndpoint(configuration), DaprDefaults.GetDefaultDaprApiToken(configuration)));
    }

    private static DaprWorkflowClient Client(IServiceProvider provider, Action<IServiceProvider, DaprWorkflowClientBuilder>? configure)
    {
        var builder = new DaprWorkflowClientBuilder(provider.GetService<IConfiguration>())
        {
            SharedHub = provider.GetRequiredService<TaskHubClient>(),
            Time = provider.GetRequiredService<TimeProvider>(),
        };
        configure?.Invoke(provider, builder);
        return builder.Build();
    }

    /// <summary>Further settings of the worker.</summary>
    public readonly struct DaprWorkflowBuilder : IDaprWorkflowBuilder
    {
        internal DaprWorkflowBuilder(IServiceCollection services) => Services = services;

        /// <inheritdoc/>
        public IServiceCollection Services { get; }

        /// <summary>Uses <paramref name="serializer"/> in workflows and activities; the client has its own setting.</summary>
        public DaprWorkflowBuilder WithSerializer(IDaprSerializer serializer)
        {
            ArgumentNullException.ThrowIfNull(serializer);
            Services.Replace(ServiceDescriptor.Singleton(serializer));
            return this;
        }

        /// <summary>Uses JSON with <paramref name="jsonOptions"/> in workflows and activities; the client has its own setting.</summary>
        public DaprWorkflowBuilder WithJsonSerializer(JsonSerializerOptions jsonOptions) => WithSerializer(new JsonDaprSerializer(jsonOptions));
    }
}
