using System.Text.Json.Nodes;
using Resort.Tests.Conformance.App;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Sidecars;
using Resort.Tests.Conformance.Workflow;

namespace Resort.Tests.Conformance.Replaying;

/// <summary>Plays one scenario: a folder, ports, sidecars and apps of its own; then step after step, each compared with its recording.</summary>
internal sealed class Replay : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("conformance-");
    private readonly Scenario scenario;
    private readonly Dictionary<string, SidecarPlace> sidecars;
    private readonly Dictionary<string, ScriptedApp> apps = [];
    private ScriptedWorker? worker;

    private Replay(Scenario scenario, IReadOnlyDictionary<string, string> environment)
    {
        this.scenario = scenario;
        Placeholders = new Placeholders(folder.FullName, environment, scenario.TraceIds);
        sidecars = scenario.Sidecars.ToDictionary(pair => pair.Key, pair => new SidecarPlace(pair.Key, pair.Value, folder.FullName, Placeholders));
        var data = Path.Combine(folder.FullName, "data");
        Deployment = NeedsProcess(scenario) ? new ProcessDeployment(data) : new InProcessDeployment(data);
    }

    public Placeholders Placeholders { get; }
    public IDeployment Deployment { get; }

    /// <summary>What differs from the recording; empty if nothing does. <paramref name="environment"/> tells where servers are.</summary>
    public static async Task<IReadOnlyList<Difference>> RunAsync(Recording recording, Scenario scenario, IReadOnlyDictionary<string, string> environment)
    {
        await using var replay = new Replay(scenario, environment);
        try
        {
            return await replay.RunAsync([.. recording.Loose, .. scenario.Loose, "user-agent"]);
        }
        catch (NotPlayableException e)
        {
            return [new Difference("", "", "it can be played", $"{e.Message}\n{replay.Deployment.Log}")];
        }
    }

    /// <summary>The sidecar of a step: the first unless it names another.</summary>
    public SidecarPlace Sidecar(string? name) => sidecars[name ?? scenario.Sidecars.Keys.First()];

    /// <summary>The app beside a sidecar.</summary>
    public ScriptedApp App(string? sidecar) => apps[Sidecar(sidecar).Name];

    /// <summary>Starts a sidecar and waits until it is ready, or only until it listens.</summary>
    public async Task StartAsync(SidecarPlace sidecar, bool wait)
    {
        await Deployment.StartAsync(sidecar);
        if (wait) await Readiness.AwaitAsync(Deployment, sidecar);
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null) await worker.DisposeAsync();
        await Deployment.DisposeAsync();
        foreach (var app in apps.Values) await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<Difference>> RunAsync(IReadOnlyList<string> loose)
    {
        await PrepareAsync();
        var differences = new List<Difference>();
        foreach (var (number, step) in scenario.Steps.Index().Where(step => !step.Item.DaprdOnly))
        {
            var got = await step.PlayAsync(this);
            if (step.Got is not null && !step.Free.Contains(""))
                differences.AddRange(Comparer.Compare($"step {number + 1} ({step})", step.Got, got, new HashSet<string>([.. loose, .. step.Free]), ComparisonRules.Http, step.Unordered));
        }
        return differences;
    }

    private async Task PrepareAsync()
    {
        foreach (var (name, script) in scenario.Sidecars)
        {
            if (script.App is null) continue;
            var app = apps[name] = new ScriptedApp(sidecars[name].AppPort!.Value);
            app.Play(Filled(script.App));
            if (!scenario.Manual) await app.StartAsync();
        }
        foreach (var sidecar in sidecars.Values) sidecar.WriteFiles();
        if (scenario.Manual) return;
        foreach (var sidecar in sidecars.Values) await StartAsync(sidecar, wait: false);
        foreach (var sidecar in sidecars.Values) await Readiness.AwaitAsync(Deployment, sidecar);
        if (scenario.Worker is { } answers)
            worker = await ScriptedWorker.ConnectAsync(Sidecar(null).GrpcAddress, Placeholders.Fill(answers["workflows"]) as JsonObject, Placeholders.Fill(answers["activities"]) as JsonObject);
    }

    /// <summary>The script with values in the place of words.</summary>
    public AppScript Filled(AppScript script) => script.Filled(Placeholders.Fill);

    /// <summary>Signals, exit codes, an environment and a working folder are those of a process.</summary>
    private static bool NeedsProcess(Scenario scenario) =>
        scenario.Name == "file-relative-path" || scenario.Steps.Any(step => step.NeedsProcess && !step.DaprdOnly) || scenario.Sidecars.Values.Any(sidecar => sidecar.Env.Keys.Except(["DAPR_API_TOKEN", "APP_API_TOKEN", "NAMESPACE"]).Any());
}
