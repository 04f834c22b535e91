using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Sidecars;
using Resort.Tests.Conformance.Workflow.Items;
using Resort.Tests.Conformance.Workflow.Script;
using Resort.Tests.Conformance.Workflow.Steps;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow;

/// <summary>Plays one workflow scenario at a sidecar of its own; step after step, each compared with its recording.</summary>
internal sealed class WorkflowReplay : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workflow-");
    private readonly WorkflowScenario scenario;
    private readonly WorkerScript script;
    private readonly List<ScriptedWorker> workers = [];

    private WorkflowReplay(WorkflowScenario scenario)
    {
        this.scenario = scenario;
        Placeholders = new Placeholders(folder.FullName, new Dictionary<string, string>());
        Words = new WorkflowWords(Placeholders);
        script = WorkerScript.Read(Words.Fill(scenario.Workflows), Words.Fill(scenario.Activities));
        var files = new SidecarScript { AppId = "saga", Resources = Store(scenario.Store), Config = scenario.Config, Flags = scenario.Flags, Env = scenario.Env };
        Sidecar = new SidecarPlace("app", files, folder.FullName, Placeholders);
        var data = Path.Combine(folder.FullName, "data");
        Deployment = scenario.Steps.Any(step => step is StopStep) ? new ProcessDeployment(data) : new InProcessDeployment(data);
        Connection = new TaskHubConnection(Sidecar.GrpcAddress);
    }

    public Placeholders Placeholders { get; }
    public WorkflowWords Words { get; }
    public SidecarPlace Sidecar { get; }
    public IDeployment Deployment { get; }

    /// <summary>The connection of the scenario's own calls.</summary>
    public TaskHubConnection Connection { get; private set; }

    /// <summary>The last worker of each name.</summary>
    public Dictionary<string, ScriptedWorker> Workers { get; } = [];

    /// <summary>What the workers got.</summary>
    public WorkItemLog Items { get; } = new();

    /// <summary>Calls that a later step asks for.</summary>
    public Dictionary<string, Task<JsonNode?>> Pending { get; } = [];

    /// <summary>Instances whose start was not waited for.</summary>
    public List<string> Started { get; } = [];

    /// <summary>What differs from the recording; empty if nothing does.</summary>
    public static async Task<IReadOnlyList<Difference>> RunAsync(WorkflowScenario scenario)
    {
        await using var replay = new WorkflowReplay(scenario);
        try { return await replay.RunAsync(); }
        catch (NotPlayableException e) { return [new Difference("", "", "it can be played", $"{e.Message}\n{replay.Deployment.Log}")]; }
    }

    /// <summary>Starts the sidecar and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        await Deployment.StartAsync(Sidecar);
        await Readiness.AwaitAsync(Deployment, Sidecar);
        Connection.Dispose();
        Connection = new TaskHubConnection(Sidecar.GrpcAddress);
    }

    /// <summary>Connects a worker by the scenario's script.</summary>
    public async Task ConnectWorkerAsync(string name)
    {
        var worker = Workers[name] = await ScriptedWorker.ConnectAsync(Sidecar.GrpcAddress, script, name, Items);
        workers.Add(worker);
    }

    /// <summary>A call that no step tells of.</summary>
    public async Task<JsonObject> CallAsync(string name, JsonObject request)
    {
        var method = TaskHubMethod.Find(name);
        return (await Connection.CallAsync(method, MessageJson.Read(request, method.Request), patience)).ToJson();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) await worker.DisposeAsync();
        Connection.Dispose();
        await Deployment.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<Difference>> RunAsync()
    {
        Sidecar.WriteFiles();
        await StartAsync();
        if (scenario.Workers > 0) await ConnectWorkerAsync("w");
        var differences = new List<Difference>();
        foreach (var (index, step) in scenario.Steps.Index())
        {
            var got = await step.PlayAsync(this);
            if (step.Got is not null)
                differences.AddRange(Comparer.Compare($"step {index + 1} ({step.Do})", step.Got, got, new HashSet<string>([.. scenario.Loose, .. step.Loose]), ComparisonRules.Workflow));
        }
        return differences;
    }

    private static Dictionary<string, JsonNode?> Store(string kind) => kind switch
    {
        "memory" => Component("state.in-memory", ("actorStateStore", "true")),
        "sqlite" => Component("state.sqlite", ("connectionString", "{{dir}}/workflow.db"), ("actorStateStore", "true")),
        "plain" => Component("state.in-memory"),
        _ => [],
    };

    private static Dictionary<string, JsonNode?> Component(string type, params (string Name, string Value)[] metadata) => new()
    {
        ["state.yaml"] = new JsonObject
        {
            ["apiVersion"] = "dapr.io/v1alpha1",
            ["kind"] = "Component",
            ["metadata"] = new JsonObject { ["name"] = "statestore" },
            ["spec"] = new JsonObject { ["type"] = type, ["version"] = "v1", ["metadata"] = new JsonArray([.. metadata.Select(item => new JsonObject { ["name"] = item.Name, ["value"] = item.Value })]) },
        },
    };
}
