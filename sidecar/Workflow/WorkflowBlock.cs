using Resort.Sidecar.Api;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Workflow;

/// <summary>The workflow building block of one sidecar: its HTTP and gRPC APIs in front of the app's engine.</summary>
internal sealed class WorkflowBlock : IBuildingBlock, IStartable, IMetadataSource, IAsyncDisposable
{
    private readonly DaprRuntime runtime;
    private readonly WorkflowManagement management;

    /// <exception cref="Components.ResourceException">Several state stores are marked as actor state store.</exception>
    public WorkflowBlock(DaprRuntime runtime)
    {
        this.runtime = runtime;
        Engine = runtime.Process.Workflows.Acquire(runtime);
        management = new WorkflowManagement(Engine, runtime.Process.Clock);
        new TaskHubService(Engine).Map(runtime.GrpcMethods);
        new DaprWorkflowService(management).Map(runtime.GrpcMethods);
    }

    /// <summary>The app's engine; null without an actor state store.</summary>
    public WorkflowEngine? Engine { get; }

    public int ConnectedWorkers => Engine?.ConnectedWorkers ?? 0;

    public Task StartAsync() => Engine?.StartAsync() ?? Task.CompletedTask;

    public void Map(RouteTable routes) => new WorkflowApi(management).Map(routes);

    public ValueTask DisposeAsync()
    {
        if (Engine is not null) runtime.Process.Workflows.Release(runtime.Options.AppId);
        return ValueTask.CompletedTask;
    }
}
