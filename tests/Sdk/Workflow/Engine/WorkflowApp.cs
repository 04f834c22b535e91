using System.Collections.Concurrent;
using Dapr.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Resort.Tests.Sidecar;

namespace Resort.Tests.Sdk.Workflow.Engine;

/// <summary>An application with workflows beside an embedded sidecar; both can be restarted.</summary>
internal sealed class WorkflowApp : IAsyncDisposable
{
    private const string Store = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: store }
        spec:
          type: state.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: "FOLDER/workflows.db" }
            - { name: actorStateStore, value: "true" }
        """;

    private readonly SidecarFixture fixture = new();
    private readonly ConcurrentQueue<string> done = new();
    private RunningSidecar? sidecar;
    private IHost? host;

    public DaprWorkflowClient Client => host!.Services.GetRequiredService<DaprWorkflowClient>();

    /// <summary>What activities noted, in their order.</summary>
    public IReadOnlyList<string> Done => [.. done];

    public static async Task<WorkflowApp> StartAsync(Action<WorkflowRuntimeOptions, WorkflowApp> configure)
    {
        var app = new WorkflowApp();
        app.sidecar = await app.fixture.StartAsync("shop", Store.Replace("FOLDER", app.fixture.Folder, StringComparison.Ordinal));
        await app.DeployAsync(configure);
        return app;
    }

    /// <summary>An application with one workflow, <c>Saga</c>, and one activity, <c>Note</c>, which notes its input.</summary>
    public static Task<WorkflowApp> StartAsync<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> saga) => StartAsync((options, app) =>
    {
        options.RegisterWorkflow("Saga", saga);
        options.RegisterActivity<string, object?>("Note", (_, text) => Task.FromResult(app.Note(text)));
    });

    /// <summary>Ends the application that runs now and starts it with these workflows.</summary>
    public async Task DeployAsync(Action<WorkflowRuntimeOptions, WorkflowApp> configure)
    {
        await StopAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("DAPR_GRPC_ENDPOINT", sidecar!.GrpcAddress.ToString())]);
        builder.Services.AddDaprWorkflow(options => configure(options, this));
        host = builder.Build();
        await host.StartAsync();
    }

    public Task RestartSidecarAsync() => fixture.RestartAsync();

    public object? Note(string text)
    {
        done.Enqueue(text);
        return null;
    }

    /// <summary>Starts a <c>Saga</c> and waits for its end.</summary>
    public async Task<WorkflowState> RunAsync(object? input = null) => await EndAsync(await Client.ScheduleNewWorkflowAsync("Saga", null, input));

    public async Task<WorkflowState> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(Probe.Patience);
        try
        {
            return await Client.WaitForWorkflowCompletionAsync(id, cancellation: patience.Token);
        }
        catch (OperationCanceledException)
        {
            var seen = await Client.GetWorkflowStateAsync(id);
            throw new TimeoutException($"{id} is still {seen.RuntimeStatus}, last changed at {seen.LastUpdatedAt:O}, started at {seen.CreatedAt:O}");
        }
    }

    public Task<WorkflowState> UntilAsync(string id, WorkflowRuntimeStatus status) =>
        Probe.UntilAsync($"status {status}", () => Client.GetWorkflowStateAsync(id), state => state.RuntimeStatus == status);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await fixture.DisposeAsync();
    }

    private async Task StopAsync()
    {
        if (host is null)
            return;
        await host.StopAsync();
        host.Dispose();
        host = null;
    }
}
