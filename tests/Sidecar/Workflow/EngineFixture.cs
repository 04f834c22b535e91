using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Components;
using Resort.Sidecar.Storage;
using Resort.Sidecar.Workflow;
using Resort.Sidecar.Workflow.Instances;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>A workflow engine over a database file, with a scripted worker. <see cref="RestartAsync"/> plays the end of the process and the next start.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-");
    private readonly WorkflowSettings settings;
    private readonly int resting;

    private EngineFixture(WorkflowSettings settings, int resting)
    {
        this.settings = settings;
        this.resting = resting;
    }

    public SteppedClock Clock { get; } = new();
    public Database Database { get; private set; } = null!;
    public WorkflowEngine Engine { get; private set; } = null!;
    public ScriptedWorker Worker { get; private set; } = null!;

    /// <summary>Starts an engine, and a worker if there is a script. <paramref name="resting"/>: how many instances at rest stay in memory.</summary>
    public static async Task<EngineFixture> StartAsync(Script? script = null, WorkflowSettings? settings = null, int resting = 100)
    {
        var fixture = new EngineFixture(settings ?? new WorkflowSettings(), resting);
        await fixture.OpenAsync(script);
        return fixture;
    }

    public async Task RestartAsync(Script? script, TimeSpan? down = null)
    {
        await CloseAsync();
        if (down is { } time) Clock.Advance(time);
        await OpenAsync(script);
    }

    /// <summary>Starts an instance, of a workflow named like the id unless told otherwise.</summary>
    public Task StartInstanceAsync(string id, string? name = null, string? input = null) => Engine.StartAsync(id, name ?? id, input, null, default);

    /// <summary>Waits until an instance is over.</summary>
    public Task<InstanceView> EndOfAsync(string id) => ViewAsync(id, view => view.IsOver);

    /// <summary>Waits until an instance is as wished.</summary>
    public Task<InstanceView> ViewAsync(string id, Func<InstanceView, bool> until) => Engine.WaitAsync(id, until, default).WaitAsync(Probe.Patience);

    /// <summary>The kinds of the events in an instance's history.</summary>
    public string History(string id) => string.Join(" ", (Engine.History(id) ?? []).Select(happened => happened.EventTypeCase).Where(kind => kind != HistoryEvent.EventTypeOneofCase.WorkflowStarted));

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Delete(recursive: true);
    }

    private async Task OpenAsync(Script? script)
    {
        Database = Database.Open(Path.Combine(folder.FullName, "workflows.db"));
        Engine = new WorkflowEngine("shop", null, Database, settings, Clock, NullLogger<WorkflowEngine>.Instance, resting);
        await Engine.StartAsync();
        if (script is not null) Worker = new ScriptedWorker(Engine, script);
    }

    private async Task CloseAsync()
    {
        if (Worker is not null) await Worker.DisposeAsync();
        Worker = null!;
        Engine.Dispose();
        await Database.DisposeAsync();
    }
}
